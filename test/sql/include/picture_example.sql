\set echo :ECHO
\set ECHO none
/*
 * The pictures shown in docs/picture.md, as a table: to make docs/picture_*.svg anew,
 *
 *	psql -qAtX -f test/sql/include/picture_example.sql -c "SELECT svg FROM picture_example WHERE picture = 'load'"
 *
 * in a database with the extension. The regression test picture compares them.
 */
CREATE TEMP TABLE picture_example AS
SELECT 'matrix' AS picture, kam.kasm_picture('{Strategic:12,Star:31,Status:8,Streamline:57}') AS svg
UNION ALL
SELECT 'load', kam.load_picture(
	ARRAY['กิตติพงษ์ ศรีสุวรรณ', 'ณัฐวุฒิ แก้วกาญจนา', 'เพ็ญศรี น้ำเพชร', 'สมชาย ใจดี', 'สมหญิง รักงาน', 'อรทัย ปิ่นทอง'],
	ARRAY['{Strategic:12}', '{Star:15}', '{Strategic:2,Star:8,Status:6}', '{Strategic:4,Star:6,Status:5}', '{Strategic:9,Star:6}',
		'{Strategic:1,Star:3,Streamline:6}']::kam.portfolio[],
	'ภาระงานของพนักงานบริหารลูกค้ารายสำคัญ กฟน.1 เชียงใหม่ ปีแผน 2569', 2026)
UNION ALL
SELECT 'calendar', (
	SELECT kam.calendar_picture(array_agg(d.due_on ORDER BY d.due_on, d.step), array_agg(d.state ORDER BY d.due_on, d.step),
		array_agg(d.step || ' ' || s.name_th ORDER BY d.due_on, d.step), 2026, 'กำหนดเวลาของ กฟอ.แม่ริม ปีแผน 2569')
	FROM (
		SELECT 6 AS step, kam.process_deadline(6, 2026, 'M' || to_char(m, 'FM00')) AS due_on,
			CASE WHEN m < 7 THEN 'met' WHEN m = 7 THEN 'overdue' WHEN m = 8 THEN 'due soon' ELSE 'due' END AS state
		FROM generate_series(1, 12) AS m
		UNION ALL
		SELECT n, kam.process_deadline(n, 2026), (ARRAY['met', 'met late', 'met', 'due', 'due'])[n]
		FROM generate_series(1, 5) AS n) AS d
	JOIN (SELECT DISTINCT step, name_th FROM kam.process_step) AS s USING (step))
UNION ALL
SELECT 'trend', kam.trend_picture('{ม.ค.,ก.พ.,มี.ค.,เม.ย.,พ.ค.,มิ.ย.,ก.ค.,ส.ค.,ก.ย.,ต.ค.,พ.ย.,ธ.ค.}',
	'{97.5,88.2,NULL,91,94.7,90.1,100,85,89.9,92,NULL,93.4}', 90, 'ความสำเร็จตามแผน กฟน.1 เชียงใหม่ ปีแผน 2569');
\set ECHO :echo
