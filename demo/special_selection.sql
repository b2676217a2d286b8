\echo '7 ── A customer without a value class, proposed all the same ──── 6.1.1.2(2) ──'
\echo '     To Status or Streamline only, on a special ground; ground ง needs a reason.'
\echo '     ลูกค้าที่ไม่อยู่ในกลุ่มลูกค้ามูลค่าสูง เสนอเพื่อพิจารณาคัดเลือกเป็นกรณีพิเศษ'

CREATE TEMP TABLE proposal AS
	SELECT 'SELECT kam.check_special_selection(' || arguments || ')' AS call, place
	FROM unnest(ARRAY[
		$$NULL, 'Status', '{corporate_image}'$$,
		$$NULL, 'Status', '{discretionary}'$$,
		$$NULL, 'Strategic', '{corporate_image}'$$,
		$$'Low', 'Status', '{corporate_image}'$$]) WITH ORDINALITY AS p (arguments, place);

\pset format unaligned
\pset tuples_only on
SELECT line
FROM proposal,
	LATERAL (SELECT 1, '   ' || call UNION ALL
		SELECT 2, pg_temp.wrap(pg_temp.answer(call), '     ')) AS answer (part, line)
ORDER BY place, part;
\pset tuples_only off
\pset format aligned
