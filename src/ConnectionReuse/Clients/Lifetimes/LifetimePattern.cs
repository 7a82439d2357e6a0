namespace ConnectionReuse.Clients.Lifetimes;

/// <summary>A way in which .NET code gets its client and gives it up again: a row of <c>ClientLifetimes</c>.</summary>
public abstract class LifetimePattern : ClientPattern;
