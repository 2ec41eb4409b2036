using ConsentPortal.Web.Commands;

return await PortalCommands.RunAsync(args);
