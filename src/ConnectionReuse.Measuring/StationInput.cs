using System.Collections.Concurrent;

namespace ConnectionReuse.Measuring;

/// <summary>The lines that a station is told.</summary>
internal static class StationInput
{
    /// <summary>The lines, read by the thread that asks for them, so that nothing runs beside its calls.</summary>
    public static IEnumerable<string> Lines(TextReader input)
    {
        while (input.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>The lines, read by a thread of its own, which sees the end of the input while calls are made.</summary>
    /// <param name="input">The input.</param>
    /// <param name="ended">Called at its end.</param>
    public static IEnumerable<string> LinesReadAhead(TextReader input, Action ended)
    {
        var lines = new BlockingCollection<string>();
        new Thread(() =>
        {
            foreach (var line in Lines(input))
            {
                lines.Add(line);
            }

            ended();
            lines.CompleteAdding();
        })
        {
            IsBackground = true,
        }.Start();
        return lines.GetConsumingEnumerable();
    }
}
