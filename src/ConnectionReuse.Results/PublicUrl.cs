namespace ConnectionReuse.Results;

/// <summary>URLs as they may be shown and written: a user name, a password or a token in the query is nobody's business.</summary>
public static class PublicUrl
{
    /// <summary>Scheme, host, port and path of an absolute URL, without user info, query and fragment.</summary>
    public static string Of(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
    }
}
