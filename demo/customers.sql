-- Invented customers of the Provincial Electricity Authority, the same ones on every machine: no
-- random(), and of floating point only what IEEE 754 rounds exactly (no ln, no power).
--
--     psql -v customers=20000000 -f demo/customers.sql
--
-- makes the table "customer" in the database at hand, which has kam. The 6,000 large customers are
-- the same at every size, spread evenly over the account numbers; what grows is the number of
-- households, shops and workshops around them. So what kam finds stays the same too, as it does in
-- a real utility: more small customers make no more key accounts.

\if :{?customers}
\else
	\set customers 220000
\endif
SELECT :customers < 6000 AS too_few \gset
\if :too_few
	DO 'BEGIN RAISE EXCEPTION ''the 6,000 large customers need at least that many account numbers''; END';
\endif

-- A fraction in [0, 1) that looks random and depends on nothing but the customer and the question.
CREATE FUNCTION pg_temp.chance(customer bigint, question int) RETURNS float8
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN (hashint8extended(customer, question) & 9007199254740991)::float8 / 9007199254740992;

-- Heavy-tailed between two amounts: half of what is left has less than twice the lowest amount.
CREATE FUNCTION pg_temp.heavy_tail(lowest float8, highest float8, chance float8) RETURNS float8
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN lowest / (1 - chance * (1 - lowest / highest));

CREATE TABLE customer (
	account_id bigint NOT NULL,
	area text,                                  -- กฟข.; none: an account that headquarters looks after
	name text NOT NULL,
	value_class kam.value_class,                -- none: not a high value customer
	-- From here on the names are those of kam.main_criteria's arguments; NULL: not known.
	voltage_kv numeric,
	avg_monthly_bill_thb numeric(14,2),
	spp_zone boolean,
	self_generation_mw numeric(8,3),
	largest_job_thb numeric(14,2),
	yearly_maintenance_thb numeric(14,2),
	business_prospect boolean,
	national_strategy boolean,
	nationwide_network boolean
);

WITH area (area, large_from, large_to, distribution_kv, estates, strategy) AS (
	-- Where the large customers are, in parts of 1000; how common estates with an SPP and places
	-- in a national strategy are among them. กฟฉ.2 and กฟต.3 have few large customers.
	VALUES ('กฟน.1',   0,  60, 22, 0.05, 0.01), ('กฟน.2',  60, 100, 22, 0.02, 0.01),
	       ('กฟน.3', 100, 160, 22, 0.05, 0.01), ('กฟฉ.1', 160, 210, 22, 0.02, 0.01),
	       ('กฟฉ.2', 210, 222, 22, 0.01, 0.00), ('กฟฉ.3', 222, 300, 22, 0.10, 0.01),
	       ('กฟก.1', 300, 500, 22, 0.35, 0.01), ('กฟก.2', 500, 740, 22, 0.40, 0.20),
	       ('กฟก.3', 740, 870, 22, 0.20, 0.01), ('กฟต.1', 870, 920, 22, 0.05, 0.01),
	       ('กฟต.2', 920, 978, 33, 0.05, 0.01), ('กฟต.3', 978, 990, 33, 0.01, 0.00),
	       (NULL,    990, 1000, 22, 0.10, 0.05)
),
large_customer AS MATERIALIZED (
	SELECT c.*, a.*,
		pg_temp.heavy_tail(800000, 400000000, pg_temp.chance(c.owner, 102)) AS size_thb,
		(ARRAY['Rubber works โรงยางพารา', 'Sugar mill โรงงานน้ำตาล', 'Cold store ห้องเย็น',
			'Rice mill โรงสีข้าว', 'Hospital โรงพยาบาล', 'Department store ห้างสรรพสินค้า',
			'Electronics โรงงานอิเล็กทรอนิกส์', 'Car parts โรงงานชิ้นส่วนรถยนต์',
			'Steel works โรงเหล็ก', 'Cement works โรงปูนซีเมนต์', 'Data centre ศูนย์ข้อมูล',
			'Waterworks การประปา'])[1 + floor(12 * pg_temp.chance(c.owner, 103))::int] AS kind
	-- Every eighth is the twin of the factory before: same owner, same area, same bill.
	FROM (SELECT large_no, :customers / 6000 * large_no AS no,
				CASE WHEN large_no % 8 = 0 THEN large_no - 1 ELSE large_no END AS owner
			FROM generate_series(1::bigint, 6000) AS large_no) AS c
		JOIN area a ON floor(1000 * pg_temp.chance(c.owner, 101))::int <@ int4range(a.large_from, a.large_to)
),
large AS MATERIALIZED (
	SELECT no, area, kind || ' ' || large_no AS name,
		CASE
			WHEN chance_class < CASE WHEN size_thb >= 10e6 THEN 0.60 WHEN size_thb >= 3e6 THEN 0.25 ELSE 0.03 END
				THEN 'High'
			WHEN chance_class < CASE WHEN size_thb >= 10e6 THEN 0.80 WHEN size_thb >= 3e6 THEN 0.50 ELSE 0.08 END
				THEN 'Medium'
			WHEN chance_class < CASE WHEN size_thb >= 10e6 THEN 0.90 WHEN size_thb >= 3e6 THEN 0.70 ELSE 0.20 END
				THEN 'Low'
		END AS value_class,
		CASE
			WHEN chance_voltage < 0.03 THEN NULL
			WHEN size_thb >= 100e6 AND chance_voltage > 0.80 THEN 230
			WHEN size_thb >= 100e6 THEN 115
			WHEN size_thb >= 8e6 AND chance_voltage > 0.50 THEN 115
			WHEN size_thb >= 8e6 AND chance_voltage > 0.40 THEN 69
			WHEN size_thb >= 3e6 AND chance_voltage > 0.97 THEN 115
			ELSE distribution_kv
		END AS voltage_kv,
		CASE WHEN chance_bill_known > 0.03 THEN size_thb END AS bill_thb,
		CASE WHEN chance_estate < 0.95 THEN chance_estate < estates END AS spp_zone,
		CASE
			WHEN chance_generation < 0.10 THEN pg_temp.heavy_tail(0.5, 15, chance_generation * 10)
			WHEN chance_generation < 0.60 THEN 0
		END AS self_generation_mw,
		CASE
			WHEN chance_job < 0.06 THEN pg_temp.heavy_tail(1e6, 20e6, chance_job / 0.06)
			WHEN chance_job < 0.90 THEN 0
		END AS largest_job_thb,
		CASE
			WHEN chance_maintenance < 0.05 THEN pg_temp.heavy_tail(0.2e6, 6e6, chance_maintenance * 20)
			WHEN chance_maintenance < 0.90 THEN 0
		END AS yearly_maintenance_thb,
		CASE WHEN chance_prospect < 0.80 THEN chance_prospect < 0.01 END AS business_prospect,
		CASE WHEN chance_strategy < 0.90 THEN chance_strategy < strategy END AS national_strategy,
		CASE WHEN area IS NULL THEN true WHEN chance_network < 0.95 THEN false END AS nationwide_network
	FROM large_customer,
		LATERAL (SELECT pg_temp.chance(large_no, 104) AS chance_class,
			pg_temp.chance(large_no, 105) AS chance_voltage,
			pg_temp.chance(owner, 106) AS chance_bill_known,
			pg_temp.chance(large_no, 107) AS chance_estate,
			pg_temp.chance(large_no, 108) AS chance_generation,
			pg_temp.chance(large_no, 109) AS chance_job,
			pg_temp.chance(large_no, 110) AS chance_maintenance,
			pg_temp.chance(large_no, 111) AS chance_prospect,
			pg_temp.chance(large_no, 112) AS chance_strategy,
			pg_temp.chance(large_no, 113) AS chance_network) AS answer
),
small AS (
	-- 88 % households, 10 % shops, 2 % workshops on the distribution voltage, all below the bills
	-- of the large ones.
	SELECT no,
		(ARRAY['กฟน.1', 'กฟน.2', 'กฟน.3', 'กฟฉ.1', 'กฟฉ.2', 'กฟฉ.3',
			'กฟก.1', 'กฟก.2', 'กฟก.3', 'กฟต.1', 'กฟต.2', 'กฟต.3'])[1 + floor(12 * chance_area)::int] AS area,
		CASE WHEN chance_kind < 0.88 THEN 'Household บ้าน ' WHEN chance_kind < 0.98 THEN 'Shop ร้าน '
			ELSE 'Workshop โรงงาน ' END || no AS name,
		CASE WHEN chance_kind < 0.98 THEN 0.4 WHEN chance_area < 10.0 / 12 THEN 22 ELSE 33 END AS voltage_kv,
		CASE
			WHEN chance_bill < 0.01 THEN 0                          -- an empty house
			WHEN chance_bill > 0.98 THEN NULL
			WHEN chance_kind < 0.88 THEN pg_temp.heavy_tail(300, 9000, chance_bill)
			WHEN chance_kind < 0.98 THEN pg_temp.heavy_tail(1500, 100000, chance_bill)
			ELSE pg_temp.heavy_tail(60000, 700000, chance_bill)
		END AS bill_thb,
		CASE WHEN chance_kind < 0.98 THEN false WHEN chance_bill > 0.05 THEN chance_bill > 0.90 END AS spp_zone,
		CASE WHEN chance_kind > 0.97 THEN (chance_kind - 0.97) * 60   -- up to 1.8 MW on the roof
			WHEN chance_kind < 0.02 THEN 0.005 END AS self_generation_mw,
		CASE WHEN chance_kind > 0.995 THEN chance_bill * 4000000 END AS largest_job_thb
	FROM generate_series(1::bigint, :customers) AS no,
		LATERAL (SELECT pg_temp.chance(no, 121) AS chance_area,
			pg_temp.chance(no, 122) AS chance_kind,
			pg_temp.chance(no, 123) AS chance_bill) AS answer
)
INSERT INTO customer
	SELECT 10000000 + s.no,
		CASE WHEN l.no IS NULL THEN s.area ELSE l.area END,
		coalesce(l.name, s.name),
		l.value_class::kam.value_class,
		CASE WHEN l.no IS NULL THEN s.voltage_kv ELSE l.voltage_kv END,
		CASE WHEN l.no IS NULL THEN s.bill_thb ELSE l.bill_thb END,
		CASE WHEN l.no IS NULL THEN s.spp_zone ELSE l.spp_zone END,
		CASE WHEN l.no IS NULL THEN s.self_generation_mw ELSE l.self_generation_mw END,
		CASE WHEN l.no IS NULL THEN s.largest_job_thb ELSE l.largest_job_thb END,
		l.yearly_maintenance_thb,
		l.business_prospect,
		CASE WHEN l.no IS NULL THEN false ELSE l.national_strategy END,
		CASE WHEN l.no IS NULL THEN false ELSE l.nationwide_network END
	FROM small s LEFT JOIN large l USING (no);

ALTER TABLE customer ADD PRIMARY KEY (account_id);
VACUUM ANALYZE customer;
