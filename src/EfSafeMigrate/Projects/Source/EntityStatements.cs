using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>Reads what a Designer says of one entity.</summary>
internal sealed class EntityStatements(EntityNode entity, Expressions expressions, Frame frame)
{
    private static readonly Dictionary<string, string> Strategies = new()
    {
        ["UseIdentityByDefaultColumn"] = "Npgsql:ValueGenerationStrategy",
        ["UseIdentityAlwaysColumn"] = "Npgsql:ValueGenerationStrategy",
        ["UseSerialColumn"] = "Npgsql:ValueGenerationStrategy",
        ["UseIdentityColumn"] = "SqlServer:Identity",
    };

    /// <summary>The lambda of <c>Entity</c>, <c>OwnsOne</c> or <c>OwnsMany</c>.</summary>
    public void Read(ChainedCall call)
    {
        switch (call.Lambda)
        {
            case { Block: { } block }:
                foreach (var statement in block.Statements)
                {
                    if (statement is ExpressionStatementSyntax { Expression: var expression })
                    {
                        Read(expression);
                    }
                }
                break;
            case { ExpressionBody: { } body }:
                Read(body);
                break;
            default:
                break;
        }
    }

    private void Read(ExpressionSyntax expression)
    {
        if (CallChain.Of(expression) is not { } chain)
        {
            return;
        }
        var first = chain.Calls[0];
        switch (first.Name)
        {
            case "Property":
                PropertyNodeReader.Read(Property(first, ""), chain.Calls.Skip(1), expressions, frame);
                break;
            case "ComplexProperty" when Text(first, 0) is { } name:
                Complex(first, name);
                break;
            case "HasKey":
                entity.Key = new(Texts(first)) { Name = Named(chain, "HasName") };
                break;
            case "HasNoKey":
                entity.HasNoKey = true;
                break;
            case "HasAlternateKey":
                entity.AlternateKeys.Add(new(Texts(first)) { Name = Named(chain, "HasName") });
                break;
            case "HasIndex":
                Index(chain);
                break;
            case "HasOne" or "HasMany" or "WithOwner":
                Relationship(chain);
                break;
            case "OwnsOne" or "OwnsMany" when Text(first, 0) is { } owned:
                Owned(first, owned);
                break;
            case "HasBaseType":
                entity.BaseType = Text(first, 0);
                break;
            case "Navigation" when chain.Calls.Any(call => call.Name == "IsRequired") && Text(first, 0) is { } navigation:
                entity.RequiredNavigations.Add(navigation);
                break;
            case "HasCheckConstraint" when Text(first, 0) is { } check && Text(first, 1) is { } sql:
                entity.Checks.Add((check, sql));
                break;
            case "UseTptMappingStrategy" or "UseTpcMappingStrategy" or "UseTphMappingStrategy":
                entity.Strategy = first.Name;
                break;
            case "ToView" or "ToSqlQuery" or "ToFunction":
                entity.NoTable |= entity.Table is null;
                break;
            case "ToTable":
                Table(first);
                break;
            case "ToJson":
                entity.JsonColumn = Text(first, 0) ?? entity.OwnerNavigation;
                entity.JsonType = Named(chain, "HasColumnType");
                break;
            case "HasAnnotation" when Text(first, 0) == "Relational:ContainerColumnType":
                entity.JsonType = Text(first, 1);
                break;
            default:
                Extension(first);
                break;
        }
    }

    /// <summary><c>NpgsqlPropertyBuilderExtensions.UseIdentityByDefaultColumn(b.Property&lt;int&gt;("Id"))</c>.</summary>
    private void Extension(ChainedCall call)
    {
        if (call.Arguments is not [{ Expression: var on }, ..] || CallChain.Of(on) is not { Calls: [{ Name: "Property" } property, ..] })
        {
            return;
        }
        var node = Property(property, "");
        if (call.Name is "UseIdentityByDefaultColumn" or "UseIdentityAlwaysColumn" or "UseSerialColumn" or "UseIdentityColumn" or "UseMySqlIdentityColumn")
        {
            node.Annotations[Strategies.GetValueOrDefault(call.Name, "MySql:ValueGenerationStrategy")] = call.Name == "UseSerialColumn" ? "SerialColumn" : "IdentityColumn";
        }
        else if (call.Name == "HasCharSet")
        {
            node.Annotations["MySql:CharSet"] = Text(call, 1);
        }
    }

    private PropertyNode Property(ChainedCall call, string prefix)
    {
        var name = prefix + (Text(call, 0) ?? "");
        if (!entity.Properties.TryGetValue(name, out var property))
        {
            entity.Properties[name] = property = new(name, call.TypeArgument ?? "");
        }
        return property;
    }

    private void Complex(ChainedCall call, string prefix)
    {
        foreach (var chain in (call.Lambda?.Block?.Statements ?? default).OfType<ExpressionStatementSyntax>().Select(statement => CallChain.Of(statement.Expression)).OfType<CallChain>())
        {
            var first = chain.Calls[0];
            if (first.Name == "Property")
            {
                var property = Property(first, $"{prefix}.");
                PropertyNodeReader.Read(property, chain.Calls.Skip(1), expressions, frame);
            }
            else if (first.Name == "ComplexProperty" && Text(first, 0) is { } inner)
            {
                Complex(first, $"{prefix}.{inner}");
            }
        }
    }

    private void Index(CallChain chain)
    {
        var first = chain.Calls[0];
        var named = Value(first, 0) is Items;
        var index = new IndexNode(named ? [.. ((Items)Value(first, 0)!).Values.OfType<string>()] : Texts(first))
        {
            Name = Named(chain, "HasDatabaseName") ?? (named ? Text(first, 1) : null),
            Unique = chain.Calls.Any(call => call.Name == "IsUnique"),
            Filter = Named(chain, "HasFilter"),
        };
        foreach (var call in chain.Calls.Where(call => call.Name == "HasAnnotation"))
        {
            index.Annotations[Text(call, 0) ?? ""] = Value(call, 1);
        }
        if (Named(chain, "HasMethod") is { } method)
        {
            index.Annotations["Npgsql:IndexMethod"] = method;
        }
        entity.Indexes.Add(index);
    }

    private void Relationship(CallChain chain)
    {
        var first = chain.Calls[0];
        var key = new ForeignKeyNode(first.Name == "WithOwner" ? entity.Owner?.Name ?? "" : Text(first, 0) ?? "") { Name = Named(chain, "HasConstraintName") };
        var single = chain.Calls.Any(call => call.Name == "WithOne") && first.Name == "HasOne";
        foreach (var call in chain.Calls.Skip(1))
        {
            switch (call.Name)
            {
                case "HasForeignKey":
                    var names = Texts(call);
                    key.Dependent = single ? names.FirstOrDefault() : null;
                    key.Properties = single ? [.. names.Skip(1)] : names;
                    break;
                case "HasPrincipalKey":
                    var principal = Texts(call);
                    key.PrincipalProperties = single ? [.. principal.Skip(1)] : principal;
                    break;
                case "OnDelete":
                    key.OnDelete = (Value(call, 0) as MemberName)?.Name;
                    break;
                default:
                    break;
            }
        }
        if (first.Name == "WithOwner")
        {
            key.OnDelete = "Cascade";
            entity.Ownership = key;
        }
        else
        {
            entity.ForeignKeys.Add(key);
        }
    }

    private void Owned(ChainedCall call, string type)
    {
        var navigation = Text(call, 1) ?? "";
        var owned = new EntityNode($"{entity.Name}.{navigation}#{type[(type.LastIndexOfAny(['.', '+']) + 1)..]}")
        {
            Owner = entity,
            OwnerNavigation = navigation,
            OwnedMany = call.Name == "OwnsMany",
        };
        entity.Owned.Add(owned);
        new EntityStatements(owned, expressions, frame).Read(call);
    }

    private void Table(ChainedCall call)
    {
        var names = call.Arguments.Where(argument => argument.Expression is not LambdaExpressionSyntax).Select(argument => expressions.Of(argument.Expression, frame)).ToArray();
        entity.Table = names.ElementAtOrDefault(0) as string;
        entity.Schema = names.ElementAtOrDefault(1) as string;
        entity.NoTable = entity.Table is null;
        foreach (var chain in Statements(call.Lambda).Select(CallChain.Of).OfType<CallChain>())
        {
            var first = chain.Calls[0];
            switch (first.Name)
            {
                case "HasCheckConstraint" when Text(first, 0) is { } check && Text(first, 1) is { } sql:
                    entity.Checks.Add((Named(chain, "HasName") ?? check, sql));
                    break;
                case "HasTrigger" when Text(first, 0) is { } trigger:
                    entity.Triggers.Add(trigger);
                    break;
                case "ExcludeFromMigrations":
                    entity.Excluded = true;
                    break;
                default:
                    break;
            }
        }
    }

    private static IEnumerable<ExpressionSyntax> Statements(LambdaExpressionSyntax? lambda) =>
        lambda?.ExpressionBody is { } body ? [body] : (lambda?.Block?.Statements ?? default).OfType<ExpressionStatementSyntax>().Select(statement => statement.Expression);

    private string? Named(CallChain chain, string method) => chain.Calls.FirstOrDefault(call => call.Name == method) is { } call ? Text(call, 0) : null;

    private object? Value(ChainedCall call, int at) => at < call.Arguments.Count ? expressions.Of(call.Arguments[at].Expression, frame) : null;

    private string? Text(ChainedCall call, int at) => Value(call, at) as string;

    private string[] Texts(ChainedCall call) =>
        [.. call.Arguments.Select(argument => expressions.Of(argument.Expression, frame)).SelectMany(value => value is Items items ? items.Values : [value]).OfType<string>()];
}
