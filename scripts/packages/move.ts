/** How the steps of a workflow move from the package of all vendors to that of one. */
import { MAIN_PACKAGE } from './manifest';
import { VENDOR_PACKAGES, type VendorPackage } from './table';

/**
 * In the package of all, the SIM batch query is a resource of the M2M Card node, so it is not done by
 * the name alone. By Node.js, which is wherever n8n is. `Tool` ends the type of a step of an agent.
 */
const moveSimBatch = (to: string): string =>
	[
		"node -e '",
		'const fs = require("fs");',
		'const workflows = [JSON.parse(fs.readFileSync("workflows.json", "utf8"))].flat();',
		'for (const step of workflows.flatMap(({ nodes }) => nodes))',
		'  if (step.parameters.resource === "simBatch")',
		`    step.type = step.type.replace("${MAIN_PACKAGE}.m2mCard", "${to}.simBatch");`,
		'fs.writeFileSync("moved.json", JSON.stringify(workflows));',
		"'",
	].join('\n');

/** The command that makes `moved.json` of `workflows.json`. */
export function moveCommand({ name, vendor }: VendorPackage): string {
	if (vendor === 'simBatch') return moveSimBatch(name);
	// The names of a vendor's nodes begin with that of its folder, and no other's do.
	return `sed 's/"${MAIN_PACKAGE}\\.${vendor}/"${name}.${vendor}/g' workflows.json > moved.json`;
}

/** The command for the way back, from all of them at once. */
export const moveBackCommand = (): string => {
	const names = VENDOR_PACKAGES.filter(({ vendor }) => vendor !== 'simBatch')
		.map(({ name }) => /^n8n-nodes-(.*)-cn$/.exec(name)?.[1])
		.join('|');
	const simBatch = VENDOR_PACKAGES.find(({ vendor }) => vendor === 'simBatch')?.name;
	return [
		`sed -E 's/"${simBatch}\\.simBatch/"${MAIN_PACKAGE}.m2mCard/g`,
		`s/"n8n-nodes-(${names})-cn\\./"${MAIN_PACKAGE}./g' workflows.json > moved.json`,
	].join('; ');
};
