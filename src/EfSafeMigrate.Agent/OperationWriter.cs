using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using EfSafeMigrate.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;

namespace EfSafeMigrate.Agent;

/// <summary>
/// An operation as JSON: its name, its public properties and annotations, whatever the EF version added.
/// Columns carry what only EF can resolve: the store type and the default as SQL.
/// </summary>
internal sealed class OperationWriter(DbContext context)
{
    private readonly IRelationalTypeMappingSource types = context.GetService<IRelationalTypeMappingSource>();

    public JsonObject Write(MigrationOperation operation, IModel target)
    {
        var json = Properties(operation, target);
        json["operation"] = operation.GetType().Name.Replace("Operation", "", StringComparison.Ordinal);
        return json;
    }

    private JsonObject Properties(IAnnotatable thing, IModel target)
    {
        var json = new JsonObject();
        foreach (var property in thing.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length == 0 && Value(property.GetValue(thing), target) is { } value)
            {
                json[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = value;
            }
        }
        if (thing is ColumnOperation column)
        {
            Resolve(column, json, target);
        }
        var annotations = thing.GetAnnotations()
            .Select(annotation => KeyValuePair.Create(annotation.Name, Value(annotation.Value, target)))
            .ToArray();
        if (annotations.Length > 0)
        {
            json["annotations"] = new JsonObject(annotations);
        }
        return json;
    }

    private void Resolve(ColumnOperation column, JsonObject json, IModel target)
    {
        var mapping = column.ColumnType is { } type ? types.FindMapping(type)
            : column.ClrType is { } clr && clr != typeof(object)
                ? types.FindMapping(clr, null, keyOrIndex: false, column.IsUnicode, column.MaxLength, column.IsRowVersion,
                    column.IsFixedLength, column.Precision, column.Scale)
                : null;
        // Only where the operation does not say it: the model may not be built yet, and that takes EF long.
        json["storeType"] = column.ColumnType ?? target.GetRelationalModel().FindTable(column.Table ?? "", column.Schema)?.FindColumn(column.Name ?? "")?.StoreType ?? mapping?.StoreType ?? "";
        if (ModelReader.DefaultOf(column.DefaultValue, column.DefaultValueSql, mapping) is { } value)
        {
            json["defaultSql"] = value.Sql;
            json["defaultConstant"] = value.Constant;
        }
        json["generated"] = ModelReader.IsGenerated(column.GetAnnotations());
        json["charset"] = ModelReader.CharsetOf(column.GetAnnotations());
    }

    private JsonNode? Value(object? value, IModel target) => value switch
    {
        null or Type => null,
        string text => text,
        bool flag => flag,
        int or long or short or byte => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        Array { Rank: 2 } rows => new JsonObject { ["rows"] = rows.GetLength(0) },
        IAnnotatable nested and (MigrationOperation or IMutableAnnotatable) => Properties(nested, target),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(item => Value(item, target))]),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
