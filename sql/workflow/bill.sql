/* Monthly bills, and the average that the year's facts take from them (R6). */

CREATE TABLE bill (
	account_id text NOT NULL REFERENCES account,
	contract_account text NOT NULL,
	month date NOT NULL CHECK (extract(day FROM month) = 1),
	amount_thb numeric NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	PRIMARY KEY (account_id, month, contract_account)
);

ALTER TABLE bill ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON bill FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON bill TO PUBLIC;
