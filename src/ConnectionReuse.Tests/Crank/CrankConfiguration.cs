using System.Globalization;
using ConnectionReuse.Tests.Reporting;
using Fluid;
using Xunit;
using YamlDotNet.Serialization;

namespace ConnectionReuse.Tests.Crank;

using Mapping = Dictionary<object, object>;

/// <summary>A file of dotnet/crank's, put together as its controller does (Program.BuildConfigurationAsync): the job, the scenario's, the profile's and the user's variables, then Liquid.</summary>
internal sealed class CrankConfiguration
{
    /// <summary>Where it is in the repository.</summary>
    public const string Path = "bench/crank/reuse.benchmarks.yml";

    private static readonly FluidParser Liquid = new();

    private CrankConfiguration(Mapping root) => Root = root;

    /// <summary>The file as it stands.</summary>
    public Mapping Root { get; }

    public IEnumerable<string> Scenarios => Of(Root, "scenarios").Keys.Cast<string>();

    public IEnumerable<string> Profiles => Of(Root, "profiles").Keys.Cast<string>();

    /// <summary>Reads the project's own.</summary>
    public static CrankConfiguration Read() => new((Mapping)new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(File.ReadAllText(Golden.Repository(Path)))!);

    /// <summary>The members of one of the mapping's.</summary>
    public static Mapping Of(Mapping mapping, string name) => mapping.TryGetValue(name, out var value) ? (Mapping)value : [];

    /// <summary>The jobs of a scenario by their roles, every text rendered; a variable that nobody gives a value fails.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="variables">What the user gives with <c>--variable</c>.</param>
    public IReadOnlyDictionary<string, CrankJob> Jobs(string scenario, string profile, params (string Name, string Value)[] variables)
    {
        var asked = Of(Of(Root, "scenarios"), scenario);
        var place = Of(Of(Root, "profiles"), profile);
        return asked.ToDictionary(role => (string)role.Key, role =>
        {
            var service = (Mapping)role.Value;
            var job = Of(Of(Root, "jobs"), (string)service["job"]);
            var agent = Of(Of(place, "jobs"), (string)role.Key);
            Assert.NotEmpty(job);
            Assert.NotEmpty(agent);
            Dictionary<string, object> values = [];
            foreach (var (name, value) in ((Mapping[])[Of(Root, "variables"), Of(job, "variables"), Of(service, "variables"), Of(place, "variables")]).SelectMany(each => each))
            {
                values[(string)name] = value;
            }

            foreach (var (name, value) in variables)
            {
                values[name] = value;
            }

            return new CrankJob(
                Rendered((string)job["arguments"]),
                Of(job, "environmentVariables").ToDictionary(variable => (string)variable.Key, variable => Rendered((string)variable.Value)),
                [.. ((List<object>)agent["endpoints"]).Select(endpoint => new Uri(Rendered((string)endpoint)))],
                job);

            string Rendered(string text)
            {
                var context = new TemplateContext(new TemplateOptions { StrictVariables = true, CultureInfo = CultureInfo.InvariantCulture });
                foreach (var (name, value) in values)
                {
                    context.SetValue(name, value);
                }

                return Liquid.Parse(text).Render(context);
            }
        });
    }
}

/// <summary>A job as an agent gets it.</summary>
/// <param name="Arguments">What the program is started with.</param>
/// <param name="Environment">The variables of its environment.</param>
/// <param name="Endpoints">The agents.</param>
/// <param name="Definition">All of it as it stands in the file.</param>
internal sealed record CrankJob(string Arguments, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<Uri> Endpoints, Dictionary<object, object> Definition);
