import { CredentialTestContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunction,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
	INodeType,
} from 'n8n-workflow';

/** Runs the test behind the Save button of a credential, with n8n's own helpers for it. */
export async function testCredential(
	node: INodeType,
	type: string,
	data: ICredentialDataDecryptedObject,
	context: ICredentialTestFunctions = new CredentialTestContext(),
): Promise<INodeCredentialTestResult> {
	const test = node.description.credentials?.find(({ name }) => name === type)?.testedBy;
	const run = node.methods?.credentialTest?.[String(test)] as ICredentialTestFunction | undefined;
	if (!run) throw new Error(`${node.description.name} does not test ${type}`);
	return await run.call(context, { id: '1', name: type, type, data });
}
