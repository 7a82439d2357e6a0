using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>Brings what was measured to where it should go: what cannot go there is kept elsewhere rather than lost.</summary>
/// <param name="result">The result.</param>
/// <param name="table">How it is shown.</param>
/// <param name="errors">Told what could not be written, and where the result is instead.</param>
internal sealed class Delivery(ResultFile result, string table, TextWriter errors)
{
    private readonly List<string> _failures = [];

    /// <summary>Writes the result to a file, where one is named.</summary>
    public void Result(string? path) => To(path, file => ResultFiles.Write(file, result));

    /// <summary>Writes the table to a file, where one is named.</summary>
    public void Table(string? path) => To(path, file => ResultFiles.WriteText(file, table));

    /// <summary>Writes something to a place, where one is named.</summary>
    public void To(string? place, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (place is null)
        {
            return;
        }

        try
        {
            write(place);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failures.Add($"{place}: {Cause.Of(e)}");
        }
    }

    /// <summary>Keeps the result in a temporary folder where something could not be written.</summary>
    /// <returns>Whether everything is where it should be.</returns>
    public bool End()
    {
        if (_failures.Count == 0)
        {
            return true;
        }

        var failures = string.Join("; ", _failures);
        try
        {
            var folder = TemporaryFolder.CreateUnlocked("result");
            ResultFiles.Write(Path.Combine(folder, ResultFiles.Name), result);
            ResultFiles.WriteText(Path.Combine(folder, ResultFiles.TableName), table);
            errors.WriteLine($"could not write {failures}; the result is in {folder}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UserException)
        {
            errors.WriteLine($"could not write {failures}; nor to a temporary folder: {(e is UserException ? e.Message : Cause.Of(e))}");
        }

        return false;
    }
}
