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
	action: 'Get delivery reports',
	description: 'Get delivery reports that the platform has not handed out yet',
	source: 'SMS §3',
	effect: 'consume',
	notice: 'The platform hands out each report once: what this run does not keep is gone.',
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
				description: 'Only reports of this task. Leave empty for reports of all tasks.',
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
