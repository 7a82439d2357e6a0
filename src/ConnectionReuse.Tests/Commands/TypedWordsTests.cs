using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Commands;

public sealed class TypedWordsTests
{
    [Theory]
    [InlineData("ftp://user:secret@example.org/path?token=hidden#part", "ftp://example.org/path")]
    [InlineData("http://user:sec\nret@example.org/", "http://example.org/")]
    [InlineData("http://user:se/cret@example.org/", "http://example.org/")]
    [InlineData("http://user:se?cret@example.org/", "http://...")]
    [InlineData("http://example.org/\n?a", "http://example.org/")]
    [InlineData("--target=ftp://user:secret@example.org/", "--target=ftp://example.org/")]
    [InlineData("user:secret@example.org", "example.org")]
    [InlineData("https://example.org/?token=hidden", "https://example.org/")]
    [InlineData("*Sha?ed", "*Sha?ed")]
    [InlineData("--requests", "--requests")]
    [Fault("an error that repeats `{0}`", "it repeats `{1}`")]
    public void A_word_is_shown_without_user_info_and_query(string word, string shown) => Assert.Equal(shown, TypedWords.Shown(word));

    [Fact]
    public void A_message_repeats_no_secret_however_it_bends_the_words()
    {
        var words = new TypedWords(["serve", "--target=ftp://user:sec\tret@example.org/?a", "https://me:pw@x/?q"]);

        var message = words.Redacted("ftp://user:sec ret@example.org/?a is wrong, --target=ftp://user:sec\tret@example.org/?a, and so is https://me:pw@x/?q");

        Assert.Equal("ftp://example.org/ is wrong, --target=ftp://example.org/, and so is https://x/", message);
    }
}
