using System.Globalization;

namespace ConnectionReuse.Memory;

/// <summary>What a process holds.</summary>
/// <param name="HeapBytes">Objects that are alive: the managed heap after a full collection.</param>
/// <param name="WorkingSetBytes">Memory that is resident: code, native memory and what the collector keeps in reserve, too.</param>
internal sealed record ProcessMemory(long HeapBytes, long WorkingSetBytes)
{
    /// <summary>Collects everything that is garbage in this process, and measures what is left.</summary>
    public static ProcessMemory AfterFullCollection()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(); // what had a finalizer is garbage only now
        return new ProcessMemory(GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet);
    }

    /// <summary>The figures in one line, in the order of the members.</summary>
    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{HeapBytes} {WorkingSetBytes}");

    /// <summary>The figures of such a line.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static ProcessMemory OfLine(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var numbers = Array.ConvertAll(line.Split(' '), text => long.Parse(text, CultureInfo.InvariantCulture));
        return numbers is [var heap, var workingSet]
            ? new ProcessMemory(heap, workingSet)
            : throw new FormatException($"'{line}' is not the memory of a process");
    }
}
