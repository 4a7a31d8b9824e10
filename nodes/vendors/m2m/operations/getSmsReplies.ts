import { InputError } from '../../../shared/contracts/errors';
import { optionalTextField, integerField } from '../../../shared/fields/fields';
import { defineCall } from '../../../shared/contracts/operation';
import { normalizeTyped } from '../../../shared/fields/typedText';
import { listResponse, m2mReadOnce, m2mRequest } from '../protocol';
import { simplifyReply } from '../values';

/** The document prints the path of §2.5 here too; which one is served is not known. */
const DOCUMENTED_PATH = '/M2MHistorySend.ashx';

/** Below the base URL of the credential, whatever stands in it. */
const parsePath = (typed: string, label: string): string => {
	const tidy = normalizeTyped(typed).replace(/^\/?/, '/');
	// To the parser of URLs, these are the characters that they stand for.
	const plain = tidy.replace(/%2e/gi, '.').replace(/%2f|%5c/gi, '/');
	if (!/^(?:\/[\w.~%-]+)+\/?(?:\?[\w.~%&=-]+)?$/.test(tidy) || /\/\.{1,2}(?:[/?]|$)/.test(plain)) {
		throw new InputError(
			label,
			`"${typed.slice(0, 60)}" is not a path`,
			`Write only what follows the host and port, e.g. ${DOCUMENTED_PATH}.`,
		);
	}
	return tidy;
};

const path = optionalTextField(
	{
		displayName: 'Path',
		description:
			'Path for received messages, if the platform gave you another one than its document prints',
		placeholder: `e.g. ${DOCUMENTED_PATH}`,
		maxLength: 200,
	},
	() => DOCUMENTED_PATH,
	parsePath,
);

export const getSmsReplies = defineCall({
	resource: 'sms',
	operation: 'getReplies',
	name: 'Get Replies',
	action: 'Get received SMS, each handed out only once',
	description: 'Get messages that cards and phones sent back. Each is handed out only once.',
	source: 'M2M §2.6',
	effect: 'consume',
	notice: 'The platform hands out each reply once: what this run does not keep is gone.',
	vendor: m2mReadOnce,
	fields: {
		limit: integerField(
			{ displayName: 'Limit', description: 'Max number of results to return' },
			{ min: 10, max: 50 },
			50,
		),
	},
	options: {
		path: { ...path, appearance: { ...path.appearance, default: DOCUMENTED_PATH } },
	},
	request: ({ path: asked, limit }) => m2mRequest(asked, { num: String(limit) }),
	response: listResponse(simplifyReply),
});
