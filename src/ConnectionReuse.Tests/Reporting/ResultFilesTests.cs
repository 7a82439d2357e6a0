using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

public sealed class ResultFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("result-files-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_replaces_an_earlier_one_and_leaves_nothing_else_behind()
    {
        var path = Path.Combine(_folder.FullName, "latest", "results.json");
        ResultFiles.Write(path, SampleRuns.Run());
        ResultFiles.Write(path, SampleRuns.Run(SampleRuns.WireMockHttp()));

        Assert.Equal(2, ResultFiles.Read(path).Rows.Count);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        var path = Path.Combine(_folder.FullName, "damaged.json");
        File.WriteAllText(path, "{");
        var missing = Path.Combine(_folder.FullName, "missing.json");

        Assert.StartsWith($"{path}: not a result file", Assert.Throws<ResultFileException>(() => ResultFiles.Read(path)).Message, StringComparison.Ordinal);
        Assert.Equal($"{missing}: no such file", Assert.Throws<ResultFileException>(() => ResultFiles.Read(missing)).Message);
    }
}
