namespace Library.Models;

/// <summary>One row of the view "OverdueLoans".</summary>
public class OverdueLoan
{
    public int LoanId { get; set; }

    public required string MemberName { get; set; }

    public required string Email { get; set; }

    public required string Title { get; set; }

    public DateTime DueOn { get; set; }
}
