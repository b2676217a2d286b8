-- Each customer with some tier, as kam's types, as text and as enums: one in ten Strategic, two Star,
-- three Status, four Streamline, in no order.

CREATE TABLE account (account_id bigint, value_class kam.value_class, tier kam.tier, on_time boolean);
INSERT INTO account
    SELECT account_id,
        (ARRAY['High', 'Medium', 'Low'])[chance % 3 + 1]::kam.value_class,
        (CASE WHEN chance < 100 THEN 'Strategic' WHEN chance < 300 THEN 'Star'
            WHEN chance < 600 THEN 'Status' ELSE 'Streamline' END)::kam.tier,
        chance % 10 <> 0
    FROM (SELECT account_id, (hashint8extended(account_id, 201) & 1048575) % 1000 AS chance FROM customer) AS c;

CREATE TABLE account_text (account_id bigint, value_class text, tier text, on_time boolean);
INSERT INTO account_text SELECT account_id, value_class::text, tier::text, on_time FROM account;

-- An enum sorts as it is written down: as kam does, lowest first.
DROP TYPE IF EXISTS enum_value_class, enum_tier;
CREATE TYPE enum_value_class AS ENUM ('Low', 'Medium', 'High');
CREATE TYPE enum_tier AS ENUM ('Streamline', 'Status', 'Star', 'Strategic');
CREATE TABLE account_enum (account_id bigint, value_class enum_value_class, tier enum_tier, on_time boolean);
INSERT INTO account_enum
    SELECT account_id, value_class::text::enum_value_class, tier::text::enum_tier, on_time FROM account;

CREATE INDEX account_tier ON account (tier);
CREATE INDEX account_text_tier ON account_text (tier);
CREATE INDEX account_enum_tier ON account_enum (tier);
VACUUM ANALYZE account;
VACUUM ANALYZE account_text;
VACUUM ANALYZE account_enum;
