import {
	optionalTextField,
	integerField,
	rejectScientificNotation,
} from '../../../shared/fields/fields';
import { tidyNumber } from '../../../shared/fields/typedText';
import { defineCall } from '../../../shared/contracts/operation';
import { responseFormat } from '../fields';
import { formRequest } from '../protocol';
import { rowsResponse, smsPlatformRows } from '../rows';
import { simplifyReport } from '../values';

const PATHS = { xml: '/statusApi.aspx', json: '/statusJsonApi.aspx' } as const;

export const getReports = defineCall({
	resource: 'report',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get delivery reports, each handed out only once',
	description: 'Get the delivery reports that came in since they were last fetched',
	source: 'SMS §3',
	effect: 'consume',
	notice: 'The platform hands out each report once. What this run does not keep is gone.',
	vendor: smsPlatformRows('statusbox'),
	fields: {
		responseFormat,
		// The document's default is 4000; it names no maximum.
		limit: integerField(
			{ displayName: 'Limit', description: 'Max number of results to return' },
			{ min: 1, max: 20_000 },
			4000,
		),
	},
	options: {
		taskId: optionalTextField(
			{
				displayName: 'Task ID',
				description:
					'Only reports of one sending: the taskId that a send operation put out. Leave empty for all.',
				placeholder: 'e.g. 1610131000000001',
				maxLength: 100,
			},
			() => '',
			(typed, label) => rejectScientificNotation(tidyNumber(typed), label),
		),
	},
	request: ({ responseFormat: format, limit, taskId }) =>
		formRequest(PATHS[format], {
			statusNum: String(limit),
			action: 'query',
			...(taskId === '' ? {} : { taskid: taskId }),
		}),
	response: (reply) => rowsResponse(reply, simplifyReport),
});
