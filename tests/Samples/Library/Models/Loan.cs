namespace Library.Models;

public class Loan
{
    public int Id { get; set; }

    public int CopyId { get; set; }

    public Copy Copy { get; set; } = null!;

    public int MemberId { get; set; }

    public Member Member { get; set; } = null!;

    public DateTime LentOn { get; set; }

    public DateTime DueOn { get; set; }

    public DateTime? ReturnedOn { get; set; }
}
