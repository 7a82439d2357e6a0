using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class WritableTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("test");

    [Fact]
    public void What_can_be_written_leaves_nothing_behind()
    {
        var below = Path.Combine(_folder.FullName, "new", "one");
        var before = Directory.GetFileSystemEntries(_folder.FullName);

        Assert.Equal(below, Writable.Folder("--out", below));
        Assert.Equal(Path.Combine(below, "x.json"), Writable.File("--json", Path.Combine(below, "x.json")));
        Assert.Null(Writable.File("--json", null));

        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    [Fault("`--out` is a file, `--json` a folder", "which is what, before anything is measured; exit 2")]
    public void A_file_is_no_folder_and_a_folder_no_file()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "kept");

        Assert.Equal($"--out {file}: a file, not a folder", Complaint(() => Writable.Folder("--out", file)));
        Assert.Equal($"--out {file}/below: file is a file, not a folder", Complaint(() => Writable.Folder("--out", $"{file}/below")));
        Assert.Equal($"--json {_folder.FullName}: a folder, not a file", Complaint(() => Writable.File("--json", _folder.FullName)));
        Assert.Equal($"--json {file}/: a folder, not a file", Complaint(() => Writable.File("--json", $"{file}/")));
        Assert.Equal("--markdown needs the name of a file", Complaint(() => Writable.File("--markdown", " ")));
        Assert.Equal("kept", File.ReadAllText(file));
    }

    [Fact]
    [Fault("`--out` where no file can be made", "the path as it was typed; exit 2")]
    public void Where_no_file_can_be_made_the_path_is_named_as_it_was_typed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc");
        Assert.Equal("--json /proc/x.json: no file can be made there", Complaint(() => Writable.File("--json", "/proc/x.json")));
        Assert.Equal("--out /proc/../proc/a/b: no file can be made there", Complaint(() => Writable.Folder("--out", "/proc/../proc/a/b")));
        Assert.Equal("--json /dev/null: a device, not a file", Complaint(() => Writable.File("--json", "/dev/null")));
    }

    [Fact]
    [Fault("a full disk", "that it is full, before anything is measured; exit 4")]
    public void A_full_disk_is_no_wrong_use()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        var error = Assert.ThrowsAny<IOException>(() => File.WriteAllText("/dev/full", "something"));

        Assert.True(Cause.IsFullDisk(error));
        Assert.DoesNotContain("/dev/full", Cause.Of(error), StringComparison.Ordinal);
        Assert.False(Cause.IsFullDisk(new FileNotFoundException()));
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    private static string Complaint(Action action)
    {
        var error = Assert.Throws<UserException>(action);
        Assert.Equal(ExitCode.WrongUse, error.ExitCode);
        return error.Message;
    }
}
