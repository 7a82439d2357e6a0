namespace ConnectionReuse.Testing;

/// <summary>xunit.v3 takes an exception with an interface of this name, whosever it is, for an assertion that failed and not for an error.</summary>
internal interface IAssertionException;
