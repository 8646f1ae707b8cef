namespace EfSafeMigrate.EngineTests.Scratches;

/// <summary>A database that is hard to copy a part of.</summary>
internal static class PostgresGraph
{
    public const string Sql = """"
        CREATE EXTENSION hstore;
        CREATE SCHEMA "Other ""Schema""";
        CREATE TYPE mood AS ENUM ('fine', 'it''s bad', 'so "so"');
        CREATE DOMAIN "Other ""Schema""".positive AS int CHECK (VALUE > 0);
        CREATE TABLE "__EFMigrationsHistory" ("MigrationId" varchar(150) PRIMARY KEY, "ProductVersion" varchar(32) NOT NULL);
        INSERT INTO "__EFMigrationsHistory" VALUES ('20260101000000_First', '10.0.0'), ('20260102000000_Second', '10.0.0');
        CREATE SCHEMA safe_migrate;
        CREATE TABLE safe_migrate.journal (number bigint PRIMARY KEY, written timestamptz NOT NULL DEFAULT now(), run text, kind text, entry text, hash text);
        INSERT INTO safe_migrate.journal VALUES (1, now(), 'r', 'k', 'e', 'h');

        CREATE TABLE "Other ""Schema""".region (code text, year int, name text, PRIMARY KEY (code, year));
        CREATE TABLE people (
            id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, "ma""nager" int REFERENCES people, favourite bigint,
            region_code text, region_year int, mood mood, tags text[], picture bytea, extra jsonb, pairs hstore, born timestamptz, took interval, price numeric(12, 4), ratio double precision,
            lucky "Other ""Schema""".positive, long_name text GENERATED ALWAYS AS (name || '!') STORED,
            FOREIGN KEY (region_code, region_year) REFERENCES "Other ""Schema""".region);
        CREATE TABLE a_table_whose_name_is_as_long_as_names_can_be_in_this_database_ (
            "a ""column"" whose name is as long as names can be in this one__" bigserial PRIMARY KEY, owner int NOT NULL REFERENCES people DEFERRABLE INITIALLY DEFERRED, note varchar(20));
        ALTER TABLE people ADD CONSTRAINT favourite FOREIGN KEY (favourite) REFERENCES a_table_whose_name_is_as_long_as_names_can_be_in_this_database_;
        CREATE TABLE events (id bigint, day date, person int REFERENCES people, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
        CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
        CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
        CREATE TABLE orphans (id int PRIMARY KEY, person int);
        CREATE TABLE unread (id int PRIMARY KEY);
        CREATE VIEW names AS SELECT name FROM people;

        CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := upper(NEW.name); RETURN NEW; END $$;

        INSERT INTO "Other ""Schema""".region SELECT 'r' || i, 2000 + i % 3, 'Region \ "' || i FROM generate_series(1, 60) i;
        INSERT INTO people (name, region_code, region_year, mood, tags, picture, extra, pairs, born, took, price, ratio, lucky)
            SELECT 'p' || i, 'r' || (1 + i % 60), 2000 + (1 + i % 60) % 3, (ARRAY['fine', 'it''s bad', 'so "so"']::mood[])[1 + i % 3], ARRAY['a,b', '"quoted" {}', NULL, 'back\slash'],
              decode(lpad(to_hex(i), 8, '0'), 'hex'), jsonb_build_object('n', i, 'é', 'x''y"z'), hstore('k' || i, NULL), '2026-01-01 12:00:00.123456+00'::timestamptz + i * interval '1 hour 1 second',
              make_interval(months => i % 14, days => i, secs => i * 0.25), i * 1.0001, CASE WHEN i % 50 = 0 THEN 'NaN' ELSE 1.0 / i END, i FROM generate_series(1, 2000) i;
        UPDATE people SET "ma""nager" = (id * 7) % 2000 + 1 WHERE id % 5 <> 0;
        INSERT INTO a_table_whose_name_is_as_long_as_names_can_be_in_this_database_ (owner, note) SELECT (i * 13) % 2000 + 1, 'n' || i FROM generate_series(1, 1500) i;
        UPDATE people SET favourite = (id * 11) % 1500 + 1 WHERE id % 3 = 0;
        INSERT INTO events SELECT i, '2025-06-01'::date + i % 500, i % 2000 + 1 FROM generate_series(1, 1000) i;
        INSERT INTO orphans SELECT i, i * 100 FROM generate_series(1, 100) i;
        ALTER TABLE orphans ADD CONSTRAINT loose FOREIGN KEY (person) REFERENCES people NOT VALID;
        CREATE TRIGGER shout BEFORE INSERT OR UPDATE ON people FOR EACH ROW EXECUTE FUNCTION shout();
        CREATE TRIGGER silent BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION shout();
        ALTER TABLE people DISABLE TRIGGER silent;
        CREATE RULE nothing AS ON DELETE TO orphans DO INSTEAD NOTHING;
        """";

    /// <summary>Everything there is, as lines: what a scratch database must not change in its source.</summary>
    public const string Digest = """
        SELECT md5(string_agg(line, E'\n' ORDER BY line)) FROM (
          SELECT table_schema || table_name || column_name || data_type AS line FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
          UNION ALL SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0
          UNION ALL SELECT tgrelid::regclass || tgname || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
          UNION ALL SELECT 'p' || p::text FROM people p
          UNION ALL SELECT 'e' || e::text FROM events e
          UNION ALL SELECT 'o' || o::text FROM orphans o
          UNION ALL SELECT 'h' || h::text FROM "__EFMigrationsHistory" h
          UNION ALL SELECT 'j' || j::text FROM safe_migrate.journal j
          UNION ALL SELECT sequencename || last_value::text FROM pg_sequences) lines
        """;
}
