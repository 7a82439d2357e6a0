using System.Globalization;
using System.Text;

namespace ConnectionReuse.Results;

/// <summary>Text that somebody else wrote, such as a server's status text or a processor's name, fit to be shown in one line.</summary>
public static class PlainText
{
    /// <summary>
    /// The text in one line: line ends and every other control character become a space, and so do the characters that
    /// turn the direction of what follows. A terminal obeys the first, and a reader sees what the second make of the line.
    /// </summary>
    public static string OneLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = new StringBuilder(text.Length);
        var afterControl = false;
        foreach (var letter in text)
        {
            var control = IsControl(letter);
            if (!control)
            {
                line.Append(letter);
            }
            else if (!afterControl)
            {
                line.Append(' '); // one for a run of them: CR LF is one line end
            }

            afterControl = control;
        }

        return line.ToString();
    }

    /// <summary>Whether a character does something instead of showing something.</summary>
    public static bool IsControl(char letter) =>
        CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || letter is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
