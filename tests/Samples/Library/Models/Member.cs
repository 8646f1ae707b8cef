namespace Library.Models;

public class Member
{
    public int Id { get; set; }

    public required string Number { get; set; }

    public required string Name { get; set; }

    public required string Email { get; set; }

    public string? PhoneNumber { get; set; }

    public required string StreetLine { get; set; }

    public required string Town { get; set; }

    public string? Notes { get; set; }

    public bool IsActive { get; set; } = true;

    public DateTime JoinedOn { get; set; }

    public int? HomeBranchId { get; set; }

    public Branch? HomeBranch { get; set; }

    public NotificationSettings Notifications { get; set; } = new();

    public List<Loan> Loans { get; } = [];
}
