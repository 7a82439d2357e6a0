using System.Net;
using System.Xml.Linq;
using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;
using Mapping = System.Collections.Generic.Dictionary<object, object>;

namespace ConnectionReuse.Tests.Crank;

/// <summary>dotnet/crank's scenarios, as far as they can be held without crank: what it would start is understood by our own command line.</summary>
public sealed class CrankScenarioTests
{
    private const string Token = "CONNECTION_REUSE_TOKEN";

    private static readonly CrankConfiguration Configuration = CrankConfiguration.Read();

    // Of Microsoft.Crank.Models.Job, Source and Options, those that are used: crank passes over what it does not know.
    private static readonly string[] OfAJob = ["sources", "executable", "noBuild", "selfContained", "arguments", "environmentVariables", "readyStateText", "isConsoleApp", "waitForExit", "timeout", "options"];

    public static TheoryData<string, string> Runs => [.. from scenario in Configuration.Scenarios from profile in Configuration.Profiles select (scenario, profile)];

    [Fact]
    public void Every_key_is_one_that_crank_knows()
    {
        AssertAmong(Configuration.Root, "variables", "jobs", "scenarios", "profiles");
        Assert.All(Members(CrankConfiguration.Of(Configuration.Root, "jobs")), job =>
        {
            AssertAmong(job, OfAJob);
            AssertAmong(CrankConfiguration.Of(job, "options"), "noGitIgnore");
            AssertAmong(CrankConfiguration.Of(CrankConfiguration.Of(job, "sources"), "reuse"), "localFolder");
        });
        Assert.All(Members(CrankConfiguration.Of(Configuration.Root, "scenarios")).SelectMany(Members), service => AssertAmong(service, "job", "variables"));
        Assert.All(Members(CrankConfiguration.Of(Configuration.Root, "profiles")), profile => AssertAmong(profile, "variables", "jobs"));
        Assert.All(Members(CrankConfiguration.Of(Configuration.Root, "profiles")).SelectMany(profile => Members(CrankConfiguration.Of(profile, "jobs"))), agent => AssertAmong(agent, "endpoints"));
    }

    [Fact]
    public void There_is_a_scenario_for_each_local_target_and_the_comparison_on_one_machine_and_on_two()
    {
        Assert.Equal([.. TargetIds.Local.Order(StringComparer.Ordinal), "comparison"], Configuration.Scenarios.OrderBy(name => name == "comparison").ThenBy(name => name, StringComparer.Ordinal));
        Assert.Equal(["local", "two-machines"], Configuration.Profiles);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void What_crank_would_start_is_understood(string scenario, string profile)
    {
        var jobs = Configuration.Jobs(scenario, profile, ("token", "of-this-run"));

        Assert.Equal(["server", "client"], jobs.Keys);
        Assert.All(jobs.Values, job =>
        {
            Assert.Null(Complaint.About(Root.Parse(Words(job)).Parsed));
            Assert.DoesNotContain("{", job.Arguments, StringComparison.Ordinal);
            Assert.DoesNotContain("of-this-run", job.Arguments, StringComparison.Ordinal); // which everybody on the machine can read
            Assert.Equal("of-this-run", job.Environment[Token]);
            Assert.Equal([Token], job.Environment.Keys); // the program sets the rest itself
        });
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Client_and_server_mean_the_same_place(string scenario, string profile)
    {
        var jobs = Configuration.Jobs(scenario, profile, ("serverPort", "6100"), ("serverName", "somewhere"));
        var (server, client) = (Words(jobs["server"]), Words(jobs["client"]));

        Assert.Equal(("serve", "6100", "somewhere", "somewhere:6100"), (server[0], After(server, "--port"), After(server, "--host"), After(client, "--server")));
        Assert.Contains("--crank", client);
        Assert.Equal(scenario == "comparison" ? TargetIds.Local : [scenario], server.Skip(1).TakeWhile(word => word[0] != '-').Order(StringComparer.Ordinal).OrderBy(id => TargetIds.Local.Index().Single(each => each.Item == id).Index));
        Assert.Equal(scenario == "comparison" ? "--offline" : "timeit", client[0]);
    }

    [Fact]
    public void On_two_machines_agents_and_servers_are_at_private_addresses_and_one_client_may_come()
    {
        Assert.All(Configuration.Scenarios.Select(scenario => Configuration.Jobs(scenario, "two-machines")), jobs =>
        {
            var server = Words(jobs["server"]);
            Assert.All(jobs.Values.SelectMany(job => job.Endpoints), endpoint => Assert.Equal(10, IPAddress.Parse(endpoint.Host).GetAddressBytes()[0])); // RFC 1918
            Assert.Equal(jobs["server"].Endpoints.Single().Host, After(server, "--bind"));
            Assert.Equal(jobs["client"].Endpoints.Single().Host, After(server, "--allow"));
        });
    }

    [Fact]
    public void On_one_machine_the_server_stays_on_loopback()
    {
        Assert.All(Configuration.Scenarios.Select(scenario => Configuration.Jobs(scenario, "local")), jobs =>
        {
            Assert.True(IPAddress.IsLoopback(IPAddress.Parse(After(Words(jobs["server"]), "--bind"))));
            Assert.DoesNotContain("--allow", Words(jobs["server"]));
            Assert.All(jobs.Values.SelectMany(job => job.Endpoints), endpoint => Assert.True(endpoint.IsLoopback));
            Assert.All(jobs.Values, job => Assert.Equal("", job.Environment[Token]));
        });
    }

    [Fact]
    public void Further_words_reach_the_client()
    {
        Assert.Contains("--full", Words(Configuration.Jobs(TargetIds.KestrelHttps, "local")["client"]));
        Assert.DoesNotContain("--full", Words(Configuration.Jobs(TargetIds.KestrelHttp, "local")["client"]));
    }

    [Fact]
    public void The_server_is_ready_when_it_says_so_and_the_client_is_waited_for()
    {
        Assert.All(Configuration.Scenarios.Select(scenario => Configuration.Jobs(scenario, "local")), jobs =>
        {
            Assert.Equal("Ctrl-C ends it.", jobs["server"].Definition["readyStateText"]);
            Assert.DoesNotContain("waitForExit", jobs["server"].Definition.Keys);
            Assert.Equal((true, true), (jobs["client"].Definition["isConsoleApp"], jobs["client"].Definition["waitForExit"]));
        });
    }

    [Fact]
    public void What_is_sent_to_the_agents_is_what_the_page_says_to_publish()
    {
        var page = File.ReadAllText(Golden.Repository("bench/crank/README.md"));
        var program = XDocument.Load(Golden.Repository("bench/ConnectionReuse.Bench.csproj"));
        Assert.Null(program.Descendants("AssemblyName").FirstOrDefault()); // so it is called like its project
        Assert.All(Members(CrankConfiguration.Of(Configuration.Root, "jobs")), job =>
        {
            var folder = (string)CrankConfiguration.Of(CrankConfiguration.Of(job, "sources"), "reuse")["localFolder"];
            Assert.Contains($"dotnet publish bench -c Release -o {folder.Replace("../../", "", StringComparison.Ordinal)}\n", page, StringComparison.Ordinal);
            Assert.Equal("reuse/ConnectionReuse.Bench", job["executable"]);
            Assert.Equal((true, false, true), (job["noBuild"], job["selfContained"], CrankConfiguration.Of(job, "options")["noGitIgnore"])); // artifacts/ is ignored by git
        });
    }

    private static string[] Words(CrankJob job) => job.Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string After(string[] words, string option) => words[Array.IndexOf(words, option) + 1];

    private static IEnumerable<Mapping> Members(Mapping mapping) => mapping.Values.Cast<Mapping>();

    private static void AssertAmong(Mapping mapping, params string[] known) => Assert.Empty(mapping.Keys.Cast<string>().Except(known));
}
