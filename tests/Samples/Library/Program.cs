using Library.Data;
using Microsoft.EntityFrameworkCore;

// Usage: Library [list | loans MEMBER_NUMBER | overdue]
using var library = new LibraryContextFactory().CreateDbContext(args);

switch (args)
{
    case [] or ["list"]:
        foreach (var item in library.Items.OrderBy(item => item.Title))
        {
            Console.WriteLine($"{item.ShelfMark,-12} {item.Title}");
        }

        return 0;

    case ["loans", var number]:
        var loans = library.Loans
            .Include(loan => loan.Copy.Item)
            .Where(loan => loan.Member.Number == number && loan.ReturnedOn == null)
            .OrderBy(loan => loan.DueOn);

        foreach (var loan in loans)
        {
            Console.WriteLine($"{loan.DueOn:yyyy-MM-dd}  {loan.Copy.Item.Title}");
        }

        return 0;

    case ["overdue"]:
        foreach (var loan in library.OverdueLoans.OrderBy(loan => loan.DueOn))
        {
            Console.WriteLine($"{loan.DueOn:yyyy-MM-dd}  {loan.MemberName,-30} {loan.Title}");
        }

        return 0;

    default:
        Console.Error.WriteLine("Usage: Library [list | loans MEMBER_NUMBER | overdue]");
        return 2;
}
