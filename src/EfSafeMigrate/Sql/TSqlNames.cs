using System.Collections.Frozen;

namespace EfSafeMigrate.Sql;

/// <summary>The words of Transact-SQL.</summary>
internal static class TSqlNames
{
    public const string DefaultSchema = "dbo";

    public static readonly FrozenDictionary<string, string> TypeAliases = new Dictionary<string, string>
    {
        ["integer"] = "int",
        ["dec"] = "decimal",
        ["numeric"] = "decimal",
        ["double precision"] = "float",
        ["character"] = "char",
        ["char varying"] = "varchar",
        ["character varying"] = "varchar",
        ["binary varying"] = "varbinary",
        ["national character"] = "nchar",
        ["national char"] = "nchar",
        ["national text"] = "ntext",
        ["national character varying"] = "nvarchar",
        ["national char varying"] = "nvarchar",
        ["timestamp"] = "rowversion",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Words that start what may follow a column's type or default.</summary>
    public static readonly FrozenSet<string> AfterType = Names.Set(
        "CONSTRAINT NOT NULL IDENTITY DEFAULT COLLATE PRIMARY UNIQUE CHECK FOREIGN REFERENCES WITH FOR SPARSE ROWGUIDCOL FILESTREAM GENERATED HIDDEN "
        + "MASKED ENCRYPTED INDEX PERSISTED ON");

    /// <summary>What can be created, altered and dropped by a statement of its own; words behind which the kind follows are among them.</summary>
    public static readonly FrozenSet<string> Objects = Names.Set(
        "TABLE INDEX UNIQUE CLUSTERED NONCLUSTERED COLUMNSTORE XML SPATIAL FULLTEXT VIEW PROCEDURE PROC FUNCTION TRIGGER SCHEMA SEQUENCE TYPE SYNONYM DATABASE "
        + "STATISTICS USER ROLE LOGIN DEFAULT RULE ASSEMBLY AGGREGATE CERTIFICATE SYMMETRIC ASYMMETRIC CREDENTIAL ENDPOINT EVENT QUEUE SERVICE CONTRACT MESSAGE "
        + "ROUTE REMOTE PARTITION APPLICATION AUTHORIZATION AVAILABILITY BROKER CRYPTOGRAPHIC RESOURCE SEARCH SECURITY SELECTIVE SERVER WORKLOAD EXTERNAL MASTER "
        + "COLUMN_ENCRYPTION PRIMARY");

    /// <summary>Procedures of the server that leave tables and their rows alone.</summary>
    public static readonly FrozenSet<string> HarmlessProcedures = Names.Set(
        "sp_addextendedproperty sp_updateextendedproperty sp_dropextendedproperty sp_recompile sp_refreshview sp_refreshsqlmodule sp_getapplock sp_releaseapplock "
        + "sp_updatestats sp_createstats sp_autostats sp_configure sp_help sp_helptext sp_helpindex sp_helpconstraint sp_set_session_context sp_settriggerorder "
        + "sp_addrolemember sp_droprolemember sp_addmessage sp_spaceused sp_who sp_lock sp_tableoption sp_indexoption sp_fulltext_database sp_db_vardecimal_storage_format "
        + "sp_create_plan_guide sp_control_plan_guide sp_procoption xp_logevent sp_estimate_data_compression_savings");
}
