namespace Library.Models;

public class AudioBook : Item
{
    public int? Minutes { get; set; }

    public string? Narrator { get; set; }
}
