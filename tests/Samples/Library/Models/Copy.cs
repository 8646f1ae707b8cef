namespace Library.Models;

public class Copy
{
    public int Id { get; set; }

    public required string Barcode { get; set; }

    public int ItemId { get; set; }

    public Item Item { get; set; } = null!;

    public int BranchId { get; set; }

    public Branch Branch { get; set; } = null!;

    public CopyCondition Condition { get; set; }

    public int TimesLent { get; set; }
}
