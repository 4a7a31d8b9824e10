/** What the readmes of the packages have in common, and the tables that are drawn from the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { m2mCardTable } from '../../packages/n8n-nodes-m2m-card-cn/M2mCard.node.ts';
import { simBatchTable } from '../../packages/n8n-nodes-sim-batch-cn/SimBatch.node.ts';
import { smsPlatformTable } from '../../nodes/SmsPlatform/SmsPlatform.node.ts';
import { trafficRechargeTable } from '../../nodes/TrafficRecharge/TrafficRecharge.node.ts';
import type { ActionTable } from '../../nodes/shared/action/actionProperties';
import { examplesOf } from '../../test/examples';
import { operationTable, replaceBetweenMarkers } from '../support/operationTables';
import { MAIN_PACKAGE, REPOSITORY_URL } from './manifest';
import { moveCommand } from './move';
import { packageFolder, type VendorFolder, VENDOR_PACKAGES, type VendorPackage } from './table';

const ROOT = join(__dirname, '..', '..');

/** The action node of a vendor in the package of its own, by the node's name. */
export const PACKAGE_TABLES: Readonly<
	Record<VendorFolder, { readonly node: string; readonly table: ActionTable }>
> = {
	m2m: { node: 'm2mCard', table: m2mCardTable },
	simBatch: { node: 'simBatch', table: simBatchTable },
	smsPlatform: { node: 'smsPlatform', table: smsPlatformTable },
	trafficRecharge: { node: 'trafficRecharge', table: trafficRechargeTable },
};

const install = ({ name }: VendorPackage): string => `## Install

In n8n: _Settings > Community nodes > Install_, and enter \`${name}\`. With Docker, the same in the running n8n, or by command, then restart the container:

\`\`\`bash
docker exec <container> sh -c 'mkdir -p ~/.n8n/nodes && cd ~/.n8n/nodes && npm install ${name}'
\`\`\`

Works in n8n 1.123 and newer, 2.x included. In queue mode it must be on the main, every worker and every webhook processor.

**n8n 3.0** allows packages that n8n has not verified only where \`N8N_UNVERIFIED_PACKAGES_ENABLED=true\` is set. Set it before the update, where n8n is started (with Docker: \`-e N8N_UNVERIFIED_PACKAGES_ENABLED=true\`), unless n8n lists this package as verified.`;

const row = ({ name, title }: VendorPackage): string =>
	`| ${title} alone | [${name}](${REPOSITORY_URL}/tree/main/packages/${name}#readme) |`;

/** What the command does not do. */
const MOVING_NOTES: Readonly<Partial<Record<VendorFolder, string>>> = {
	m2m: `Steps of M2M Card that are set to SIM Batch belong to n8n-nodes-sim-batch-cn: [move them first](${REPOSITORY_URL}/blob/main/docs/packages.md#move-from-one-package-to-another). `,
};

const choose = (one: VendorPackage): string => `## Which package to choose

| You use | Package |
| --- | --- |
| more than one of the platforms | [${MAIN_PACKAGE}](${REPOSITORY_URL}#readme), which has the nodes of all four |
${VENDOR_PACKAGES.map(row).join('\n')}

The nodes are the same, and so are their versions. What differs is the name of the package in each step of a workflow, so a workflow of one package does not run with another by itself. To move workflows from ${MAIN_PACKAGE} to this package, install it beside, then:

\`\`\`bash
n8n export:workflow --all --output=workflows.json
${moveCommand(one)}
n8n import:workflow --input=moved.json
\`\`\`

${MOVING_NOTES[one.vendor] ?? ''}Credentials, workflow IDs and the URLs of triggers stay as they are; activate the imported workflows again. [More on this, and the way back](${REPOSITORY_URL}/blob/main/docs/packages.md).`;

/** The readme of a package with everything drawn from the code as it stands now. */
export function freshPackageReadme(one: VendorPackage): {
	file: string;
	current: string;
	fresh: string;
} {
	const file = `${packageFolder(one)}/README.md`;
	const current = readFileSync(join(ROOT, file), 'utf8');
	const { node, table } = PACKAGE_TABLES[one.vendor];
	const examples = examplesOf(node === 'simBatch' ? 'm2mCard' : node);
	const sections = {
		install: install(one),
		[`operations ${node}`]: operationTable(table, examples, 'en'),
		choose: choose(one),
	};
	let fresh = current;
	for (const [name, content] of Object.entries(sections)) {
		fresh = replaceBetweenMarkers(fresh, name, content);
	}
	return { file, current, fresh };
}
