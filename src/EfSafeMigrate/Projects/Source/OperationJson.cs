using System.Buffers;
using System.Text.Json;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Projects.Source;

/// <summary>An operation as the agent would have written it, for the one reader of both.</summary>
internal static class OperationJson
{
    public static JsonElement Of(OperationNode node, ProviderForms forms)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("operation", node.Name);
            if (node.Why is { } why)
            {
                json.WriteString("unread", why);
                json.WriteString("text", node.Text);
            }
            else
            {
                Write(json, node, forms);
            }
            json.WriteEndObject();
        }
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter json, OperationNode node, ProviderForms forms)
    {
        foreach (var name in new[] { "name", "table", "schema", "newName", "newSchema", "principalTable", "principalSchema", "filter", "sql", "comment", "collation" })
        {
            Text(json, name, node.Arguments.GetValueOrDefault(name));
        }
        Texts(json, "columns", node.Arguments.GetValueOrDefault("column"));
        Texts(json, "keyColumns", node.Arguments.GetValueOrDefault("keyColumn"));
        Texts(json, "principalColumns", node.Arguments.GetValueOrDefault("principalColumn"));
        if (node.Arguments.GetValueOrDefault("unique") is true)
        {
            json.WriteBoolean("isUnique", true);
        }
        if (node.Arguments.GetValueOrDefault("onDelete") is MemberName action)
        {
            json.WriteString("onDelete", action.Name);
        }
        if (node.Name is "AddColumn" or "AlterColumn" or "Column")
        {
            Column(json, node, "", node.Annotations, forms);
        }
        if (node.Name == "AlterColumn" && (node.Arguments.ContainsKey("oldClrType") || node.Arguments.ContainsKey("oldType")))
        {
            json.WriteStartObject("oldColumn");
            Column(json, node, "old", node.OldAnnotations, forms);
            json.WriteEndObject();
        }
        if (node.Name is "InsertData" or "UpdateData")
        {
            Rows(json, "values", node, "value", "column");
        }
        if (node.Name is "DeleteData" or "UpdateData")
        {
            Rows(json, "keyValues", node, "keyValue", "keyColumn");
        }
        if (node.Table is { } table)
        {
            Table(json, table, forms);
        }
        Annotations(json, node.Annotations);
    }

    private static void Table(Utf8JsonWriter json, TableBuilder table, ProviderForms forms)
    {
        All("columns", table.Columns);
        if (table.Constraints.Find(constraint => constraint.Name == "PrimaryKey") is { } key)
        {
            json.WriteStartObject("primaryKey");
            Write(json, key, forms);
            json.WriteEndObject();
        }
        All("uniqueConstraints", table.Constraints.Where(constraint => constraint.Name == "UniqueConstraint"));
        All("foreignKeys", table.Constraints.Where(constraint => constraint.Name == "ForeignKey"));
        All("checkConstraints", table.Constraints.Where(constraint => constraint.Name == "CheckConstraint"));

        void All(string name, IEnumerable<OperationNode> nodes)
        {
            json.WriteStartArray(name);
            foreach (var node in nodes)
            {
                json.WriteStartObject();
                Write(json, node, forms);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    }

    /// <param name="prefix"><c>old</c> for what the column was.</param>
    private static void Column(Utf8JsonWriter json, OperationNode node, string prefix, IReadOnlyDictionary<string, object?> annotations, ProviderForms forms)
    {
        object? Said(string name) => node.Arguments.GetValueOrDefault(prefix.Length == 0 ? name : $"{prefix}{char.ToUpperInvariant(name[0])}{name[1..]}");
        var clr = prefix.Length == 0 ? node.Clr : (Said("clrType") as TypeName)?.Name ?? node.Clr;
        var type = Said("type") as string ?? forms.TypeOf(new ClrType(clr ?? "", Said("maxLength") as int?, Said("precision") as int?, Said("scale") as int?)
        {
            Unicode = Said("unicode") as bool?,
            FixedLength = Said("fixedLength") is true,
            RowVersion = Said("rowVersion") is true,
        }) ?? "";
        json.WriteString("storeType", type);
        json.WriteBoolean("isNullable", Said("nullable") is true);
        if (Said("defaultValueSql") is string { Length: > 0 } sql)
        {
            json.WriteString("defaultSql", sql);
        }
        else if (Said("defaultValue") is { } value)
        {
            json.WriteString("defaultSql", Literal(value, type, forms));
            json.WriteBoolean("defaultConstant", true);
        }
        Text(json, "computedColumnSql", Said("computedColumnSql"));
        if (Said("stored") is true)
        {
            json.WriteBoolean("isStored", true);
        }
        if (prefix.Length > 0)
        {
            Text(json, "collation", Said("collation"));
            Text(json, "comment", Said("comment"));
            Annotations(json, annotations);
        }
        json.WriteBoolean("generated", ProviderForms.IsGenerated(annotations));
        Text(json, "charset", annotations.GetValueOrDefault("MySql:CharSet"));
    }

    /// <summary>A value that nobody can tell is a value all the same.</summary>
    public static string Literal(object? value, string type, ProviderForms forms) => value switch
    {
        null => "NULL",
        Unread or Grid or Function or TypeName or OpenText => "…",
        MemberName member => member.Name,
        Items items => forms.Literal(items.Values.Select(each => each is int and >= 0 and <= 255 and var number ? (byte)number : (byte)0).ToArray(), type),
        _ => forms.Literal(value, type),
    };

    private static void Rows(Utf8JsonWriter json, string name, OperationNode node, string values, string columns)
    {
        var rows = node.Arguments.GetValueOrDefault(values) switch
        {
            Grid grid => grid.Rows.Count,
            // Of one column each value is a row; of several they are one row together.
            Items items when node.Arguments.GetValueOrDefault(columns) is string => items.Values.Count,
            _ => 1,
        };
        json.WriteStartObject(name);
        json.WriteNumber("rows", rows);
        json.WriteEndObject();
    }

    private static void Annotations(Utf8JsonWriter json, IReadOnlyDictionary<string, object?> annotations)
    {
        if (annotations.Count == 0)
        {
            return;
        }
        json.WriteStartObject("annotations");
        foreach (var (name, value) in annotations)
        {
            Text(json, name, Arithmetic.Text(value) ?? "");
        }
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, object? value)
    {
        if (value is string text)
        {
            json.WriteString(name, text);
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, object? value)
    {
        IReadOnlyList<object?> all = value switch { string => [value], Items items => items.Values, _ => [] };
        if (value is null)
        {
            return;
        }
        json.WriteStartArray(name);
        foreach (var text in all.OfType<string>())
        {
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }
}
