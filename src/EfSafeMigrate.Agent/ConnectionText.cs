using System.Data.Common;
using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EfSafeMigrate.Agent;

/// <summary>Connection strings of the context's provider.</summary>
internal sealed class ConnectionText(DbContext context)
{
    /// <summary>An open connection and a data source keep their password to themselves; the options have the text as it was given.</summary>
    public ConnectionTextResult Read(ConnectionTextRequest request)
    {
        var options = RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>());
        var text = request.ConnectionString is { } given ? Named(given)
            : Named(options.ConnectionString ?? options.Connection?.ConnectionString ?? context.Database.GetConnectionString() ?? "");
        var builder = DbProviderFactories.GetFactory(context.Database.GetDbConnection())?.CreateConnectionStringBuilder() ?? new DbConnectionStringBuilder();
        builder.ConnectionString = text;
        foreach (var (keyword, value) in request.Set)
        {
            builder[keyword] = value;
        }
        return new(
            builder.ConnectionString,
            request.Get.Select(keyword => (keyword, Value: ValueOf(builder, keyword))).Where(each => each.Value is { Length: > 0 }).ToDictionary(each => each.keyword, each => each.Value!),
            new TableName(options.MigrationsHistoryTableSchema, options.MigrationsHistoryTableName ?? HistoryRepository.DefaultTableName));
    }

    private static string? ValueOf(DbConnectionStringBuilder builder, string keyword) =>
        builder.TryGetValue(keyword, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    /// <summary><c>Name=KEY</c> is looked up in the application's configuration, as EF does for a connection given in code.</summary>
    public string Named(string text)
    {
        var parts = text.Split('=', 2);
        if (parts.Length < 2 || !parts[0].Trim().Equals("name", StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }
        var key = parts[1].Trim();
        var services = context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;
        var configuration = Type.GetType("Microsoft.Extensions.Configuration.IConfiguration, Microsoft.Extensions.Configuration.Abstractions") is { } type
            ? services?.GetService(type) : null;
        string? Value(string path) => (string?)configuration?.GetType().GetProperty("Item", [typeof(string)])?.GetValue(configuration, [path]);
        return Value(key) ?? Value($"ConnectionStrings:{key}")
            ?? throw new AgentException(new Failure(FailureCode.Database, $"The application's configuration has no connection string `{key}`"));
    }
}
