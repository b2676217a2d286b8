#include "attached_rule.h"
const KamRule kam_response_deadline_rule = {
	.name = "response deadline",
	.attach = "attach_response_deadline",
	.function = "_response_deadline",
	.trigger = "zzz_kam_response_deadline",
	.columns = {"received_column", "due_column", "done_column"}
};
const KamRule kam_record_deadline_rule = {
	.name = "record deadline",
	.attach = "attach_record_deadline",
	.function = "_record_deadline",
	.trigger = "zzz_kam_record_deadline",
	.columns = {"happened_column", "recorded_column", "lateness_column"}
};
