using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Commands;

/// <summary>What texts tell a user to type.</summary>
public sealed class ProgramNameTests
{
    [Fact]
    public void A_checkout_has_a_script_and_an_installed_tool_its_name()
    {
        var folder = Directory.CreateTempSubdirectory("connection-reuse-test-");
        try
        {
            Assert.Equal("./run.sh", ProgramName.In(folder.FullName));
            File.WriteAllText(Path.Combine(folder.FullName, "DotnetToolSettings.xml"), "<DotNetCliTool />");
            Assert.Equal("connection-reuse", ProgramName.In(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
