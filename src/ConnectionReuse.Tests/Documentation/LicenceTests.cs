using System.Diagnostics;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Processes;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Packages;
using Xunit;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>The licence is in the repository, and every package names it.</summary>
public sealed class LicenceTests
{
    private const string Mark = "package: ";
    private const string Between = " :: ";

    // Asks every project at once for what the build sees, whichever file sets it: to ask each by itself takes half a minute.
    private const string Asking = """
        <Project>
          <Target Name="Ask">
            <ItemGroup><Asked Include="$(Sources)/**/*.csproj" /></ItemGroup>
            <MSBuild Projects="@(Asked)" Targets="Tell" Properties="CustomAfterMicrosoftCommonTargets=$(MSBuildThisFileFullPath);CustomAfterMicrosoftCommonCrossTargetingTargets=$(MSBuildThisFileFullPath)" />
          </Target>
          <Target Name="Tell">
            <Message Importance="high" Text="package: $(MSBuildProjectName) :: $(IsPackable) :: $(PackageLicenseExpression) :: $(Authors) :: $(Description)" />
          </Target>
        </Project>
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public void The_repository_is_under_the_MIT_licence()
    {
        var text = File.ReadAllText(Path.Combine(Source.Repository, "LICENSE"));

        Assert.StartsWith("MIT License", text, StringComparison.Ordinal);
        Assert.Contains("The ConnectionReuse authors", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_package_names_its_licence_and_says_what_it_is()
    {
        LongTests.SkipUnlessAsked();
        await using var folder = TemporaryFolder.Create("test");
        var asking = Path.Combine(folder.FullName, "asking.proj");
        await File.WriteAllTextAsync(asking, Asking, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("dotnet", ["msbuild", asking, "-nologo", "-v:minimal", $"-p:Sources={Source.Repository}"]) { Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" } };

        var said = await ChildProcess.RunAsync(start, "dotnet msbuild", Patience, TestContext.Current.CancellationToken);

        Assert.True(said.ExitCode == 0, said.Output + said.Errors);
        string[][] projects = [.. said.Output.Split('\n').Where(line => line.Contains(Mark, StringComparison.Ordinal)).Select(line => line[(line.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..].Trim().Split(Between))];
        Assert.Equal(Directory.EnumerateFiles(Source.Repository, "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).Order(), projects.Select(project => project[0]).Order());
        var packages = projects.Where(project => bool.Parse(project[1])).ToArray();
        Assert.Equal(Offered.Projects.Order(StringComparer.Ordinal), packages.Select(package => package[0]).Order(StringComparer.Ordinal));
        Assert.All(packages, package =>
        {
            Assert.Equal(("MIT", "The ConnectionReuse authors"), (package[2], package[3]));
            Assert.NotEqual("Package Description", package[4]); // the SDK's own, where a project says nothing
        });
    }
}
