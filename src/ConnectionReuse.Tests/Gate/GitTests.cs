using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

public sealed class GitTests
{
    [Theory]
    [InlineData(
        "fatal: detected dubious ownership in repository at '/src'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory /src\n",
        4,
        "git does not trust the repository, since it belongs to somebody else: git config --global --add safe.directory /src")]
    [InlineData(
        "fatal: not a git repository (or any of the parent directories): .git\n",
        2,
        "the sources of this program are in no git repository: --base-dir and --head-dir take published builds")]
    [InlineData("error: bad config line 1\n", 4, "git does not read the repository: error: bad config line 1")]
    [Fault("git says: {0}", "{2}; exit {1}")]
    public void Each_reason_of_git_has_a_sentence_of_its_own(string said, int code, string sentence)
    {
        var refusal = Git.Refusal(said);
        Assert.Equal((code, sentence), ((int)refusal.ExitCode, refusal.Message));
    }

    [Fact]
    [Fault("a gate outside of any repository", "that it takes published builds there; exit 2")]
    public async Task A_folder_outside_of_any_repository_is_told()
    {
        await using var folder = TemporaryFolder.Create("test");
        var error = await Assert.ThrowsAsync<UserException>(() => new Git(folder.FullName).CheckAsync(TestContext.Current.CancellationToken));
        Assert.Contains(error.Message, (string[])[Git.Refusal("not a git repository").Message, "the gate takes builds from git, and git did not start: install git, or --base-dir and --head-dir take published builds"]);
    }
}
