import { delimiter } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeCredentials } from 'n8n-workflow';
import { type Credential, type N8nInstance, type N8nVersion, startN8n } from '../../harness';

/** The package under test: what `npm run test:e2e` packed. */
export function tarballUnderTest(): string {
	const tarball = process.env.N8N_M2M_TARBALL;
	if (!tarball) throw new Error('Run these tests by npm run test:e2e, which packs the package.');
	return tarball;
}

/** The packages of one vendor each, packed as well. */
export function vendorTarballsUnderTest(): string[] {
	const tarballs = process.env.N8N_M2M_VENDOR_TARBALLS;
	if (!tarballs) throw new Error('Run these tests by npm run test:e2e, which packs the packages.');
	return tarballs.split(delimiter);
}

/** A real n8n with the packed package, far from China: no vendor lives in the server's time zone. */
export async function startUnderTest(version: N8nVersion): Promise<N8nInstance> {
	return await startN8n({
		version,
		packageTarball: tarballUnderTest(),
		timezone: 'America/New_York',
	});
}

/** Stores a credential and says how a node refers to it. */
export async function credentialFor(
	n8n: N8nInstance,
	credential: Omit<Credential, 'name'>,
	name = `${credential.type} of the tests`,
): Promise<INodeCredentials> {
	const id = await n8n.createCredential({ name, ...credential });
	return { [credential.type]: { id, name } };
}

/** Waits for something that is not of n8n. */
export async function until(isSo: () => boolean): Promise<void> {
	for (let tries = 0; !isSo(); tries++) {
		if (tries > 600) throw new Error('Waited 30 s in vain');
		await sleep(50);
	}
}

/** The one execution of a workflow, once it waits. */
export async function waitingExecution(n8n: N8nInstance, workflowId: string): Promise<string> {
	for (let tries = 0; tries < 600; tries++) {
		const [one] = await n8n.executions(workflowId);
		if (one?.status === 'waiting') return one.id;
		await sleep(50);
	}
	throw new Error('It does not wait');
}
