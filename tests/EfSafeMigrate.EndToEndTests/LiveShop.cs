using Npgsql;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>A copy of the Shop on a real server: migrated up to a point by the application itself, then filled.</summary>
internal sealed class LiveShop : IAsyncDisposable
{
    private const string MigrateByArgument = """
        if (args is ["migrate", var target])
        {
            using var scope = app.Services.CreateScope();
            var shop = scope.ServiceProvider.GetRequiredService<ShopContext>();
            Microsoft.EntityFrameworkCore.Infrastructure.AccessorExtensions
                .GetService<Microsoft.EntityFrameworkCore.Migrations.IMigrator>(shop).Migrate(target);
            return;
        }

        """;

    private readonly NpgsqlConnectionStringBuilder server = new(
        Environment.GetEnvironmentVariable("SAFE_MIGRATE_POSTGRES")
        ?? throw new InvalidOperationException("SAFE_MIGRATE_POSTGRES is not set: run tests/run, or set it to the connection string of a superuser."));

    public string Database { get; } = $"shop_{Guid.NewGuid():N}";

    public required string Project { get; init; }

    public string ConnectionString => new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = Database, Pooling = false }.ConnectionString;

    /// <summary>What the application's configuration reads its connection from.</summary>
    public IReadOnlyDictionary<string, string> Environs => new Dictionary<string, string> { ["ConnectionStrings__Shop"] = ConnectionString };

    public static async Task<LiveShop> CreateAsync(InstalledTool tool, string target)
    {
        var shop = new LiveShop { Project = tool.Copy("Shop") };
        var program = Path.Combine(shop.Project, "Program.cs");
        var text = await File.ReadAllTextAsync(program);
        const string built = "var app = builder.Build();\n";
        text.ShouldContain(built);
        await File.WriteAllTextAsync(program, text.Replace(built, built + MigrateByArgument, StringComparison.Ordinal));
        var result = await Shell.RunAsync(shop.Project, "dotnet", ["run", "--", "migrate", target], environment: shop.Environs);
        result.Code.ShouldBe(0, result.Output + result.Error);
        return shop;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync("test");
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<NpgsqlConnection> OpenAsync(string application)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { ApplicationName = application }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"DROP DATABASE IF EXISTS {Database} WITH (FORCE)", connection);
        await command.ExecuteNonQueryAsync();
    }
}
