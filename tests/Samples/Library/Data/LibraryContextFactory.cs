using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Library.Data;

public class LibraryContextFactory : IDesignTimeDbContextFactory<LibraryContext>
{
    public LibraryContext CreateDbContext(string[] args)
    {
        var connectionString = Environment.GetEnvironmentVariable("LIBRARY_DATABASE") ?? "Data Source=library.db";

        return new LibraryContext(new DbContextOptionsBuilder<LibraryContext>()
            .UseSqlite(connectionString)
            .Options);
    }
}
