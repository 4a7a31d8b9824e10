/** The panels of nodes and credentials. */
import type { INode, INodeParameters } from 'n8n-workflow';
import type { Page } from 'playwright-core';
import type { N8nInstance } from '../../../test/harness';
import {
	closeNotices,
	executeStep,
	openCredential,
	openNodePanel,
	openWorkflow,
} from '../../../test/harness/browser';
import { examplesOf } from '../../../test/examples';
import { nodes as packagedNodes } from '../../../test/support/package';
import { TABLES } from '../../../test/support/tables';
import type { Vendors } from '../demo';
import { type Picture, SCHEMES, type Stage } from './stage';

const PACKAGE = 'n8n-nodes-m2m-iot';

/** The panel of a node. */
interface Shot {
	/** Name of the file, without scheme and ending. */
	readonly name: string;
	/** Name of the node. */
	readonly type: string;
	parameters(vendors: Vendors): INodeParameters;
	readonly isTrigger?: true;
	readonly isExecuted?: true;
}

const panel = (shot: Shot): Picture => ({
	name: shot.name,
	take: async (stage) => {
		for (const scheme of SCHEMES) {
			const page = await stage.editor(scheme);
			await showPanel(page, stage.n8n, shot, stage);
			await stage.save(`${shot.name}-${scheme}`, await page.screenshot());
		}
	},
});

/** A node with everything that it needs to run, in a workflow of its own, with its panel open. */
async function showPanel(
	page: Page,
	n8n: N8nInstance,
	{ name: title, type, parameters, isTrigger, isExecuted }: Shot,
	{ vendors, credentials }: Pick<Stage, 'vendors' | 'credentials'>,
): Promise<void> {
	const name = packagedNodes.find(({ node }) => node.description.name === type)?.node.description
		.defaults.name;
	const node: INode = {
		id: 'shown',
		name: String(name),
		type: `${PACKAGE}.${type}`,
		typeVersion: isTrigger && !/Polling|Watch/.test(type) ? 2 : 1,
		position: [240, 0],
		parameters: parameters(vendors),
		credentials,
		...(isTrigger ? { webhookId: '5b1f0c9e-9f4b-4a77-9d1c-3f2f6f0f2a11' } : {}),
	};
	const start: INode = {
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const id = await n8n.createWorkflow({
		name: title,
		nodes: isTrigger ? [node] : [start, node],
		connections: isTrigger
			? {}
			: { Start: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
	});
	await openWorkflow(page, id);
	await openNodePanel(page, node.name);
	if (isExecuted) await executeStep(page);
	await closeNotices(page);
}

/** A card that is in use: online, and well into its plan. */
const cardInUse = ({ m2m }: Vendors): string => {
	const inUse = m2m.fleet.first(
		({ status, gprsStatus, planKb, usedKb }) =>
			status === '00' && gprsStatus === '01' && usedKb > 0.6 * planKb && usedKb < 0.9 * planKb,
	);
	if (!inUse) throw new Error('No card of the simulated fleet is in use');
	return inUse.cardcode;
};

/** The panels that the docs show. */
export const panels: readonly Picture[] = (
	[
		{
			name: 'm2m-card',
			type: 'm2mCard',
			parameters: (vendors) => ({
				resource: 'card',
				operation: 'getOverview',
				cardKey: cardInUse(vendors),
			}),
			isExecuted: true,
		},
		{
			name: 'sms-platform',
			type: 'smsPlatform',
			parameters: () => ({
				resource: 'message',
				operation: 'estimate',
				to: '8613800138000, +852 9123 4567, 8613800138000, 12345',
				content: 'Device 4711 is offline',
				signature: 'Company',
			}),
			isExecuted: true,
		},
		{
			name: 'traffic-recharge',
			type: 'trafficRecharge',
			parameters: () => ({
				resource: 'order',
				operation: 'submit',
				phone: '13800138000',
				sizeMb: 1024,
			}),
		},
		{
			name: 'sms-platform-trigger',
			type: 'smsPlatformTrigger',
			parameters: () => ({}),
			isTrigger: true,
		},
	] satisfies Shot[]
).map(panel);

/** A fresh node of each kind, each operation with its example, and each trigger. */
function* shotsOfAll(): Iterable<Shot> {
	for (const [type, { operations }] of Object.entries(TABLES)) {
		yield { name: `${type} fresh`, type, parameters: () => ({}) };
		for (const { resource, operation } of operations) {
			const example = examplesOf(type)[`${resource}.${operation}`];
			const parameters = () => ({ resource, operation, ...example?.parameters });
			yield { name: `${type} ${resource} ${operation}`, type, parameters };
		}
	}
	for (const { node } of packagedNodes) {
		const { name: type, group } = node.description;
		if (!group.includes('trigger')) continue;
		yield { name: `${type} fresh`, type, parameters: () => ({}), isTrigger: true };
	}
}

const credentialDialogs: Picture = {
	name: 'credential',
	take: async ({ credentials, editor, save }) => {
		for (const scheme of SCHEMES) {
			const page = await editor(scheme);
			for (const { id, name } of Object.values(credentials)) {
				await openCredential(page, id);
				await save(`credential ${name}-${scheme}`, await page.screenshot());
			}
		}
	},
};

/** Everything that the package shows in the editor, for a look at all of it. */
export const allPanels = (): readonly Picture[] => [
	...[...shotsOfAll()].map(panel),
	credentialDialogs,
];
