/**
 * What happens when a push trigger starts and stops to listen. The vendors have no interface to
 * register a URL with: a person enters it. So nothing is registered here, but what the user entered
 * is checked, and a URL that the vendor cannot reach is reported.
 */
import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import type { PushTrigger } from '../contracts/push';
import { readIpAllowlist, readPushOptions } from './pushOptions';
import type { ReadParameter } from './triggerProperties';
import { getUnreachableUrlAdvice } from './webhookUrl';

/** Never known, so that each activation checks the options. */
export const checkWebhookExists = (): boolean => false;

/**
 * Checks the options, when the workflow is activated or listens for a test event.
 *
 * @throws NodeOperationError when the allowlist holds something that is not an address
 */
export async function createWebhook(
	context: IHookFunctions,
	trigger: PushTrigger,
): Promise<boolean> {
	const read: ReadParameter = (name) => context.getNodeParameter(name, null);
	readPushOptions(trigger, read);
	const allowlist = readIpAllowlist(context, read);
	const invalid = allowlist?.invalid[0];
	if (invalid !== undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`IP Allowlist "${invalid}" is not an IP address or CIDR block`,
			{
				description:
					'Write addresses like 203.0.113.7 or 2001:db8::7 and blocks like 203.0.113.0/24, separated by commas.',
			},
		);
	}
	if (allowlist?.blocks.length === 0) {
		context.logger.warn(
			`"${context.getNode().name}": IP Allowlist is set, but gives no address, so nobody can push`,
		);
	}
	const advice = getUnreachableUrlAdvice(context.getNodeWebhookUrl('default') ?? '');
	if (advice !== undefined && context.getActivationMode() !== 'init') {
		context.logger.warn(`"${context.getNode().name}": ${advice}`);
	}
	return true;
}

/** Nothing was registered; n8n calls this for a workflow in production, too, when a test of it ends. */
export const deleteWebhook = (): boolean => true;
