/*
 * kam.label, kam.display_name() and kam.definition(): what every label of
 * tier, value_class and criteria means, in the words of the manual.
 */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask

/* All of it, to be read by people. */
\pset format unaligned
SELECT type, sort_order, label, letter, section, name_th, name_en FROM kam.label ORDER BY type DESC, sort_order;
SELECT type, label, definition_th FROM kam.label ORDER BY type DESC, sort_order;
SELECT type, label, definition_en FROM kam.label ORDER BY type DESC, sort_order;
\pset format aligned

/* The table is what the library says, no more and no less. */
SELECT count(*) AS labels FROM kam.label;
(TABLE kam.label EXCEPT SELECT * FROM kam._label()) UNION ALL (SELECT * FROM kam._label() EXCEPT TABLE kam.label);

/* Every label is one that its type reads and writes, and none is left out. */
SELECT type, count(*),
	count(*) FILTER (WHERE label = CASE type
		WHEN 'tier' THEN label::kam.tier::text
		WHEN 'value_class' THEN label::kam.value_class::text
		WHEN 'criteria' THEN trim('{}' FROM kam.criteria(label)::text) END) AS as_written_out
FROM kam.label GROUP BY type ORDER BY type;
SELECT kam.cardinality(kam.criteria_union(kam.criteria(label))) AS criteria FROM kam.label WHERE type = 'criteria';

/* It is sorted as in the manual: highest first, criteria by letter, main group before special grounds. */
SELECT type, array_agg(label ORDER BY sort_order) = array_agg(label ORDER BY place DESC) AS highest_first
FROM (SELECT *, CASE type WHEN 'tier' THEN kam.tier_send(label::kam.tier)
				ELSE kam.value_class_send(label::kam.value_class) END AS place
	  FROM kam.label WHERE type <> 'criteria') AS l
GROUP BY type ORDER BY type;
\pset format unaligned
SELECT string_agg(section, ' ' ORDER BY sort_order) FROM kam.label WHERE type = 'criteria';
\pset format aligned
SELECT bool_and(section = '6.1.1.2(' || CASE WHEN kam.criteria(label) <@ '{corporate_image,outage_damage,existing_key_account,discretionary}'
		THEN 2 ELSE 1 END || ')' || letter) AS letters_right
FROM kam.label WHERE type = 'criteria';

/* The functions say what the table says, of every label, in both languages; Thai is the default. */
SELECT type, count(*),
	count(*) FILTER (WHERE (name_th, name_en, definition_th, definition_en) = (f.th, f.en, f.def_th, f.def_en)
		AND f.th = f.default_ AND f.def_th = f.def_default) AS right
FROM kam.label,
	LATERAL (
		SELECT kam.display_name(v), kam.display_name(v, 'th'), kam.display_name(v, lang => 'EN'),
			kam.definition(v), kam.definition(v, 'TH'), kam.definition(v, 'en')
		FROM (SELECT label::kam.tier WHERE type = 'tier') AS t (v)
		UNION ALL
		SELECT kam.display_name(v), kam.display_name(v, 'th'), kam.display_name(v, lang => 'EN'),
			kam.definition(v), kam.definition(v, 'TH'), kam.definition(v, 'en')
		FROM (SELECT label::kam.value_class WHERE type = 'value_class') AS c (v)
		UNION ALL
		SELECT kam.display_name(v), kam.display_name(v, 'th'), kam.display_name(v, lang => 'EN'),
			kam.definition(v), kam.definition(v, 'TH'), kam.definition(v, 'en')
		FROM (SELECT kam.criteria(label) WHERE type = 'criteria') AS s (v)
	) AS f (default_, th, en, def_default, def_th, def_en)
GROUP BY type ORDER BY type;

/* Of a set: its members, in the manual's order; of the empty set, nothing. */
\pset format unaligned
SELECT kam.display_name('{discretionary,monthly_bill,voltage}'::kam.criteria),
	kam.display_name('{discretionary,monthly_bill,voltage}'::kam.criteria, 'en'),
	'<' || kam.display_name('{}'::kam.criteria) || '>' AS empty;
SELECT kam.definition('{voltage,outage_damage}'::kam.criteria), kam.definition('{voltage,outage_damage}'::kam.criteria, 'en'),
	'<' || kam.definition('{}'::kam.criteria, 'en') || '>' AS empty;
\pset format aligned
SELECT count(*) AS sets,
	count(*) FILTER (WHERE kam.display_name(set, 'en') = names) AS names_right,
	count(*) FILTER (WHERE kam.definition(set, 'th') = definitions) AS definitions_right
FROM (
	SELECT kam.criteria(VARIADIC array_agg(label)), string_agg(name_en, ', ' ORDER BY sort_order),
		string_agg(definition_th, E'\n' ORDER BY sort_order)
	FROM kam.label, generate_series(1, 2047) AS number
	WHERE type = 'criteria' AND number >> sort_order - 1 & 1 = 1
	GROUP BY number
) AS s (set, names, definitions);

/* A literal without a type is taken for a tier. */
SELECT kam.display_name('Star', 'en'), kam.display_name(NULL) IS NULL AS no_label, kam.display_name('Star', NULL) IS NULL AS no_language;
SELECT kam.display_name('High', 'en');

/* Any other language: 22023. */
SELECT call, code, message, hint
FROM (VALUES ('display_name'), ('definition')) AS f (call),
	(VALUES (1, 'tier', 'Star', 'de'), (2, 'value_class', 'High', ''), (3, 'criteria', '{voltage}', 'thai'), (4, 'criteria', '{}', 'e'))
		AS a (number, type, value, lang),
	pg_temp.error_of(format('SELECT kam.%s(%L::kam.%s, %L)', call, value, type, lang))
ORDER BY call, number;

/* Joined in a report, no row doubles. */
SELECT l.name_en, count(a.tier)
FROM (VALUES ('Star'::kam.tier), ('Star'), ('Status')) AS a (tier)
	RIGHT JOIN kam.label AS l ON l.label = a.tier::text
WHERE l.type = 'tier'
GROUP BY l.sort_order, l.name_en ORDER BY l.sort_order;
