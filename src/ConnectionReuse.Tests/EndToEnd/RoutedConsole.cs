using System.Text;
using ConnectionReuse.Tests.EndToEnd;
using Xunit;

[assembly: AssemblyFixture(typeof(RoutedConsole.Installation))]

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>
/// The console of this process, which each test may have for itself. It is set once, before any test: whoever sets another one while tests
/// run beside each other deadlocks with those who lock the console twice, as the runtime does when it is asked for the window's width.
/// </summary>
internal sealed class RoutedConsole : IDisposable
{
    private static readonly AsyncLocal<RoutedConsole?> Mine = new();

    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    private RoutedConsole()
    {
    }

    /// <summary>What was written to standard output by whoever opened this, and by what runs for it.</summary>
    public string Output => _output.ToString();

    /// <summary>What was written to standard error.</summary>
    public string Errors => _errors.ToString();

    /// <summary>Gives the calling flow a console of its own, until it is disposed.</summary>
    public static RoutedConsole Open() => Mine.Value = new RoutedConsole();

    /// <inheritdoc/>
    public void Dispose() => Mine.Value = null;

    /// <summary>Sets the console, before the first test and after the runner, which has one of its own.</summary>
    public sealed class Installation
    {
        public Installation()
        {
            Console.SetOut(new Router(Console.Out, console => console._output));
            Console.SetError(new Router(Console.Error, console => console._errors));
        }
    }

    // Console.SetOut wraps it in a lock, so that one line is written at a time.
    private sealed class Router(TextWriter everybody, Func<RoutedConsole, TextWriter> own) : TextWriter
    {
        public override Encoding Encoding => everybody.Encoding;

        private TextWriter Here => Mine.Value is { } console ? own(console) : everybody;

        public override void Write(char value) => Here.Write(value);

        public override void Write(string? value) => Here.Write(value);

        public override void Write(char[] buffer, int index, int count) => Here.Write(buffer, index, count);

        public override void Write(ReadOnlySpan<char> buffer) => Here.Write(buffer);

        public override void Flush() => Here.Flush();
    }
}
