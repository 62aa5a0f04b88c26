import { createMemoryEntitlementCache } from '../../server/entitlements/memory-entitlement-cache.ts'
import { keepsTheCacheContract } from './entitlement-cache-contract.ts'

keepsTheCacheContract(async (clock) => createMemoryEntitlementCache(clock))
