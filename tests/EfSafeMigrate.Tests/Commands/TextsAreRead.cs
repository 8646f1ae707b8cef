using System.Text;
using EfSafeMigrate.Commands;

namespace EfSafeMigrate.Tests.Commands;

public sealed class TextsAreRead : IDisposable
{
    private const string Text = "SELECT 'ü';\n";

    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-text-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public void InEveryEncodingThatSaysSo(string encoding, bool mark)
    {
        var chosen = Encoding.GetEncoding(encoding);

        TextFile.Read(Write([.. mark ? chosen.GetPreamble() : [], .. chosen.GetBytes(Text)])).ShouldBe(Text);
    }

    [Fact]
    public void NotWhatIsNoText()
    {
        Refused(Write(Encoding.Latin1.GetBytes(Text)), "is not UTF-8");
        Refused(Write(Encoding.Unicode.GetBytes("SELECT 1;")), "it holds zero bytes");
        Refused(Write([0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 0]), "it holds zero bytes");
        Refused(Write([]), "is empty");
        Refused(Write([0xEF, 0xBB, 0xBF, (byte)'\n']), "is empty");
        Refused(folder, "is a folder");
        Refused(Path.Combine(folder, "nowhere.sql"), "There is no file");
        Refused(Path.Combine(folder, "nowhere", "a.sql"), "There is no file");
    }

    private static void Refused(string path, string sentence)
    {
        var refusal = Should.Throw<SafeMigrateException>(() => TextFile.Read(path));
        refusal.Message.ShouldContain(sentence);
        refusal.Code.ShouldBe(ExitCode.Environment);
    }

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
