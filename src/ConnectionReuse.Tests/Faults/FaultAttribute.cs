namespace ConnectionReuse.Tests.Faults;

/// <summary>
/// Says that a test holds what the program answers to something that is wrong. Where the test has data, <c>{0}</c> is the first
/// argument of each row, <c>{1}</c> the second.
/// </summary>
/// <param name="wrong">What is wrong.</param>
/// <param name="answer">What the program answers.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class FaultAttribute(string wrong, string answer) : Attribute
{
    public string Wrong => wrong;

    public string Answer => answer;
}
