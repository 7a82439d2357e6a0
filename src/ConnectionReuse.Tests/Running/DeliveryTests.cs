using System.Text;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class DeliveryTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("test");

    [Fact]
    [Fault("a result that cannot be written at the end", "kept in a temporary folder, which is named; exit 4")]
    public void A_result_that_cannot_go_where_it_should_is_kept_elsewhere_and_the_rest_is_written()
    {
        var (wrong, right) = (Path.Combine(_folder.FullName, "file", "x.json"), Path.Combine(_folder.FullName, "x.md"));
        File.WriteAllText(Path.GetDirectoryName(wrong)!, "in the way");
        using var errors = new StringWriter();
        var delivery = new Delivery(SampleRuns.Run(), "the table", errors);

        delivery.Result(wrong);
        delivery.Table(right);
        delivery.Table(null);

        Assert.False(delivery.End());
        Assert.Equal("the table", File.ReadAllText(right));
        var said = errors.ToString().Trim();
        Assert.StartsWith($"could not write {wrong}: ", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
        var kept = said[(said.LastIndexOf(' ') + 1)..];
        try
        {
            Assert.Equal(ResultJson.Serialize(SampleRuns.Run()), File.ReadAllText(Path.Combine(kept, ResultFiles.Name)));
            Assert.Equal("the table", File.ReadAllText(Path.Combine(kept, ResultFiles.TableName)));
        }
        finally
        {
            Directory.Delete(kept, recursive: true);
        }
    }

    [Fact]
    [Fault("standard output closed or full", "files are written; why; exit 4")]
    public void A_console_that_fills_up_loses_what_is_written_and_says_why()
    {
        using var full = new FullDisk();
        using var output = LossyWriter.Over(() => full);
        Assert.Null(output.Loss);

        output.WriteLine("a line");
        output.WriteLine("another");

        Assert.Equal(("No space left on device", 1), (output.Loss, full.Writes));
        using var closed = LossyWriter.Over(() => throw new IOException("closed"));
        Assert.Equal("closed", closed.Loss);
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    private sealed class FullDisk : TextWriter
    {
        public int Writes { get; private set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            Writes++;
            throw new IOException("No space left on device : '/somewhere'");
        }
    }
}
