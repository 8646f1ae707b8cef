namespace EfSafeMigrate.Projects.Source;

/// <summary>The calls behind <c>Property&lt;T&gt;("Name")</c>.</summary>
internal static class PropertyNodeReader
{
    public static void Read(PropertyNode property, IEnumerable<ChainedCall> calls, Expressions expressions, Frame frame)
    {
        foreach (var call in calls)
        {
            object? Value(int at) => at < call.Arguments.Count ? expressions.Of(call.Arguments[at].Expression, frame) : null;
            switch (call.Name)
            {
                case "HasColumnName":
                    property.Column = Value(0) as string;
                    break;
                case "HasColumnType":
                    property.Type = Value(0) as string;
                    break;
                case "IsRequired":
                    property.Required = Value(0) is not false;
                    break;
                case "HasMaxLength":
                    property.MaxLength = Value(0) as int?;
                    break;
                case "HasPrecision":
                    (property.Precision, property.Scale) = (Value(0) as int?, Value(1) as int?);
                    break;
                case "IsFixedLength":
                    property.FixedLength = Value(0) is not false;
                    break;
                case "IsUnicode":
                    property.Unicode = Value(0) is not false;
                    break;
                case "IsRowVersion":
                    property.RowVersion = true;
                    break;
                case "ValueGeneratedOnAdd":
                    property.GeneratedOnAdd = true;
                    break;
                case "HasConversion":
                    property.Converted = true;
                    break;
                case "HasDefaultValue":
                    property.Default = Value(0);
                    break;
                case "HasDefaultValueSql":
                    property.DefaultSql = Value(0) as string;
                    break;
                case "HasComputedColumnSql":
                    (property.ComputedSql, property.Stored) = (Value(0) as string, Value(1) is true);
                    break;
                case "UseCollation":
                    property.Collation = Value(0) as string;
                    break;
                case "HasComment":
                    property.Comment = Value(0) as string;
                    break;
                case "HasCharSet":
                    property.Annotations["MySql:CharSet"] = Value(0);
                    break;
                case "HasAnnotation" when Value(0) is string name:
                    property.Annotations[name] = Value(1);
                    break;
                default:
                    break;
            }
        }
    }
}
