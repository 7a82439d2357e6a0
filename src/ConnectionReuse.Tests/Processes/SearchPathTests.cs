using ConnectionReuse.Processes;
using Xunit;

namespace ConnectionReuse.Tests.Processes;

public sealed class SearchPathTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connection-reuse-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_first_folder_with_a_program_that_can_be_run_wins()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a file there has no mode");
        var (text, first, second) = (Folder("text", UnixFileMode.UserRead), Folder("first", UnixFileMode.UserExecute), Folder("second", UnixFileMode.UserExecute));
        Assert.Equal(Path.Combine(first, "tool"), SearchPath.Find("tool", string.Join(Path.PathSeparator, "/no/such/folder", text, first, second)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    public void A_program_is_not_sought_in_the_current_folder(string? path) =>
        Assert.Null(SearchPath.Find(Path.GetFileName(Environment.ProcessPath)!, path));

    private string Folder(string name, UnixFileMode mode)
    {
        var folder = _folder.CreateSubdirectory(name).FullName;
        var file = Path.Combine(folder, "tool");
        File.WriteAllText(file, string.Empty);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }

        return folder;
    }
}
