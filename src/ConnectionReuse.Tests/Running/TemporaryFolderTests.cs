using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class TemporaryFolderTests
{
    [Fact]
    public async Task A_folder_goes_with_its_run_and_all_that_is_in_it()
    {
        string path;
        await using (var folder = TemporaryFolder.Create("test"))
        {
            path = folder.FullName;
            Directory.CreateDirectory(Path.Combine(path, "a", "b"));
            File.WriteAllText(Path.Combine(path, "a", "b", "c"), "something");
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    [Fault("a killed run has left its folders", "the next run removes them")]
    public async Task A_run_removes_what_a_dead_run_has_left_and_nothing_of_one_that_lives()
    {
        await using var living = TemporaryFolder.Create("test");
        var dead = TemporaryFolder.CreateUnlocked("test");
        File.WriteAllText(Path.Combine(dead, ".run"), string.Empty); // as a run leaves it that is killed: nobody locks it
        var kept = TemporaryFolder.CreateUnlocked("test"); // a result that could not be written elsewhere
        try
        {
            Assert.True(TemporaryFolder.IsOfADeadRun(dead));
            Assert.False(TemporaryFolder.IsOfADeadRun(living.FullName));
            Assert.False(TemporaryFolder.IsOfADeadRun(kept));

            await using var next = TemporaryFolder.Create("test");

            Assert.False(Directory.Exists(dead));
            Assert.True(Directory.Exists(living.FullName));
            Assert.True(Directory.Exists(kept));
            Assert.True(TemporaryFolder.IsOfADeadRun(dead), "a folder that is gone");
        }
        finally
        {
            Directory.Delete(kept, recursive: true);
        }
    }

    [Fact]
    public void A_folder_of_somebody_else_is_nobodys_business() =>
        Assert.False(TemporaryFolder.IsOfADeadRun(Path.Combine(Path.GetTempPath(), "another-tool-x")));
}
