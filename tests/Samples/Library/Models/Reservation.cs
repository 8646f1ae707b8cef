namespace Library.Models;

public class Reservation
{
    public int ItemId { get; set; }

    public Item Item { get; set; } = null!;

    public int MemberId { get; set; }

    public Member Member { get; set; } = null!;

    public DateTime ReservedOn { get; set; }
}
