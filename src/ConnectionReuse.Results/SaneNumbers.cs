using System.Globalization;
using System.Text.Json;

namespace ConnectionReuse.Results;

/// <summary>Numbers that no run can have measured, and that sums and squares of figures would not survive.</summary>
internal static class SaneNumbers
{
    // Bytes, nanoseconds and counts of any run are far below it, and its fourth power is still a number.
    private const double Most = 1e16;

    /// <summary>Where a text holds such a number and which one; null where it holds none.</summary>
    public static string? Complaint(JsonElement element, string place = "$") => element.ValueKind switch
    {
        JsonValueKind.Number when !(Math.Abs(element.GetDouble()) <= Most) =>
            $"the number at {place} is {PlainText.OneLine(element.GetRawText())}, more than any run can measure",
        JsonValueKind.Object => element.EnumerateObject().Select(member => Complaint(member.Value, $"{place}.{PlainText.OneLine(member.Name)}")).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => element.EnumerateArray().Select((item, index) => Complaint(item, string.Create(CultureInfo.InvariantCulture, $"{place}[{index}]"))).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
