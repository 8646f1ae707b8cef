namespace EfSafeMigrate.Reports;

/// <summary>How the page looks; it holds none of the signs that XML escapes.</summary>
internal static class HtmlStyle
{
    public const string Sheet = """
        :root { --back: #ffffff; --card: #f6f7f9; --text: #1b1f24; --soft: #59636e; --rule: #d8dee4; --red: #cf3a31; --amber: #d98a1f; --green: #2c8a4b; --onbar: #ffffff; --link: #1a5fb4; }
        @media (prefers-color-scheme: dark) { :root { --back: #14171b; --card: #1d2127; --text: #e6e9ed; --soft: #98a2ae; --rule: #343b44; --red: #e5564c; --amber: #e0a03a; --green: #4cb26f; --onbar: #14171b; --link: #7fb3ff; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 68rem; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
        h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
        h2 { margin: 0 0 .75rem; font-size: 1.15rem; line-height: 1.35; overflow-wrap: anywhere; }
        h3 { margin: 0 0 .35rem; font-size: 1rem; display: flex; flex-wrap: wrap; gap: .1rem .75rem; justify-content: space-between; }
        p { margin: 0 0 .5rem; overflow-wrap: anywhere; }
        a { color: var(--link); }
        code, pre { font-family: ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, monospace; font-size: .84rem; }
        h3 code { font-weight: 400; color: var(--soft); overflow-wrap: anywhere; }
        pre { margin: .5rem 0 0; padding: .75rem; overflow-x: auto; background: var(--back); border: 1px solid var(--rule); border-radius: .4rem; }
        header { margin-bottom: 1.5rem; }
        nav ol, ul, ol.steps { margin: .5rem 0; padding-left: 1.6rem; }
        nav li { overflow-wrap: anywhere; }
        .quiet { color: var(--soft); font-size: .92rem; }
        .verdict { font-size: 1.1rem; font-weight: 600; margin: .4rem 0 .6rem; }
        .badge { display: inline-block; padding: .05rem .55rem; border-radius: 1rem; font-size: .78rem; font-weight: 600; vertical-align: .1em; color: var(--onbar); background: var(--green); }
        .badge.dangerous { background: var(--red); } .badge.careful { color: #1b1f24; background: var(--amber); }
        .migration { margin: 0 0 1.5rem; padding: 1.1rem 1.25rem; background: var(--card); border: 1px solid var(--rule); border-radius: .6rem; }
        .finding { margin: .9rem 0 0; padding: 0 0 0 .9rem; border-left: 4px solid var(--green); }
        .finding.dangerous { border-color: var(--red); } .finding.careful { border-color: var(--amber); } .finding.waived { border-color: var(--rule); color: var(--soft); }
        .cure { padding-left: 1.2em; text-indent: -1.2em; }
        summary { cursor: pointer; color: var(--soft); font-size: .92rem; }
        .steps { font-size: .92rem; }
        figure { margin: 0 0 .75rem; }
        figcaption { margin-top: .35rem; font-size: .92rem; } figcaption p { margin: 0; }
        .scroll { overflow-x: auto; }
        svg { display: block; width: 100%; height: auto; font-size: 12px; }
        svg text { fill: var(--text); } svg .time, svg .number { fill: var(--soft); font-size: 11px; } svg .number { font-weight: 600; } svg .table { font-weight: 600; } svg .mode { fill: var(--onbar); font-size: 10px; font-weight: 600; paint-order: stroke; stroke-width: 3px; stroke-linejoin: round; } svg .on-all { stroke: var(--red); } svg .on-writes { fill: #1b1f24; stroke: var(--amber); }
        svg .edge { stroke: var(--rule); stroke-dasharray: 2 3; } svg .lane { stroke: var(--rule); }
        svg .all { fill: var(--red); } svg .writes { fill: var(--amber); } svg .held { opacity: .38; } svg .hatch { fill: var(--card); opacity: .55; } svg .transaction { fill: var(--soft); opacity: .6; }
        svg .phase { fill: var(--card); stroke: var(--rule); } svg .phase.gone { stroke: var(--red); } svg .arrow { fill: none; stroke: var(--soft); } svg .release { stroke: var(--soft); stroke-width: 3; } svg .release.new { stroke: var(--green); }
        svg text.new { fill: var(--green); } svg text.gone { fill: var(--red); text-decoration: line-through; } svg text.altered { font-weight: 600; }
        .legend { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; margin-top: .9rem; font-size: .88rem; }
        .key { display: inline-flex; align-items: center; gap: .4rem; }
        .swatch { display: inline-block; width: 1.5rem; height: .8rem; border-radius: 3px; }
        .swatch.all { background: var(--red); } .swatch.writes { background: var(--amber); } .swatch.held { opacity: .38; } .swatch.transaction { height: 4px; background: var(--soft); opacity: .6; }
        .swatch.unknown { background: repeating-linear-gradient(135deg, var(--red) 0 4px, var(--rule) 4px 7px); }
        footer { margin-top: 2rem; }
        @media (max-width: 40rem) { body { padding: 1.25rem .75rem 2rem; } .migration { padding: .9rem .8rem; } }
        @media print { body { max-width: none; padding: 0; font-size: 11pt; } .migration { background: none; } .scroll { overflow: visible; } svg { min-width: 0 !important; } .finding, figure { break-inside: avoid; } * { print-color-adjust: exact; } }
        """;
}
