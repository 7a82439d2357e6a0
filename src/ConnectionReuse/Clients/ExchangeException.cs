namespace ConnectionReuse.Clients;

/// <summary>An answer arrived, but not the expected one: its message says which, in one line.</summary>
/// <param name="message">What was wrong with the answer.</param>
internal sealed class ExchangeException(string message) : Exception(message);
